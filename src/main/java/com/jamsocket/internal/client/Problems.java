package com.jamsocket.internal.client;

import com.jamsocket.JamsocketConfigurationException;
import com.jamsocket.internal.config.Addresses;
import com.jamsocket.internal.config.HeaderFields;
import com.jamsocket.internal.config.Setting;
import com.jamsocket.internal.config.Settings;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is missing or wrong when a client is made. Each value is named as whoever set it knows it: by the
 * method of the builder, or by the places where its setting was looked for. No value is shown.
 */
final class Problems {

    private static final Settings ENVIRONMENT = Settings.ofEnvironment(Map.of());

    private final @Nullable Settings settings;
    private final List<String> found = new ArrayList<>();

    /** None yet, of values from these settings, or from calls to the builder. */
    Problems(@Nullable Settings settings) {
        this.settings = settings;
    }

    void addAll(List<String> problems) {
        found.addAll(problems);
    }

    void require(@Nullable String value, String call, Setting<?> setting, String name) {
        if (value == null) {
            String remedy = settings == null ? "call " + call + " on the builder" : "set " + name(call, setting);
            found.add("no " + name + ": " + remedy);
        }
    }

    /** For who has set nothing at all: which servers there are, and the shortest way to try one. */
    void requireServer() {
        found.add(
                settings == null
                        ? "it is not said which server is meant. To try one inside this JVM, call embedded() on the"
                                + " builder, and add the dependency with the classifier \"dev\"; for a development"
                                + " server on localhost, call dev(8080); for a Plane cluster, plane(…); for a Jamsocket"
                                + " API, account(…), token(…) and service(…)"
                        : "it is not said which server is meant. To try one inside this JVM, set "
                                + variable(Setting.DEV)
                                + "=embedded, and add the dependency with the classifier \"dev\"; for a development"
                                + " server on localhost, " + variable(Setting.DEV) + "=true; for a Plane cluster, "
                                + variable(Setting.PLANE_URL) + " and " + variable(Setting.PLANE_IMAGE)
                                + "; for a Jamsocket API, " + variable(Setting.ACCOUNT) + ", " + variable(Setting.TOKEN)
                                + " and " + variable(Setting.SERVICE) + alsoAsProperties(settings));
    }

    /** Its name in the environment, which is looked at for every client. */
    private static String variable(Setting<?> setting) {
        return ENVIRONMENT.places(setting.name());
    }

    private static String alsoAsProperties(Settings settings) {
        String name = Setting.DEV.name();
        return settings.places(name).equals(variable(Setting.DEV)) ? "" : "; or as properties, such as " + name;
    }

    void checkAddress(URI address, String call, Setting<?> setting) {
        try {
            Addresses.require(address);
        } catch (IllegalArgumentException e) {
            found.add(name(call, setting) + " " + e.getMessage());
        }
    }

    void checkPort(int port, String call, Setting<?> setting) {
        if (!Addresses.isPort(port)) {
            found.add(name(call, setting) + " must be " + setting.format());
        }
    }

    void checkToken(@Nullable String token, String call, Setting<?> setting) {
        if (token != null && !HeaderFields.isPrintable(token)) {
            found.add(name(call, setting) + " must be " + setting.format());
        }
    }

    void checkHeaders(Map<String, String> headers, String call, Setting<?> setting) {
        headers.forEach((name, value) -> {
            String problem = HeaderFields.problem(name, value);
            if (problem != null) {
                found.add(name(call, setting) + ": " + HeaderFields.shown(name) + " " + problem);
            }
        });
    }

    /** Servers of which only one can be meant. */
    void refuseAllButOne(Collection<Target> targets) {
        String names = String.join(
                " and ", targets.stream().map(target -> target.name(this)).toList());
        String remedy = settings == null ? "call one of them alone" : "leave all but one of them empty";
        found.add(names + " each say which server is meant: " + remedy);
    }

    String name(String call, Setting<?> setting) {
        return settings == null ? call : settings.places(setting.name());
    }

    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new JamsocketConfigurationException(found);
        }
    }
}
