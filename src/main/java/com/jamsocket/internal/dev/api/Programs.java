package com.jamsocket.internal.dev.api;

import com.jamsocket.internal.dev.cluster.ConnectSpec;
import com.jamsocket.internal.dev.cluster.Launcher;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which program runs for which service. A service is named as in the Jamsocket API, or as the image in Plane's, with or
 * without registry; with {@code :tag} it is meant with this tag only.
 */
public final class Programs {

    private final Map<String, Program> named = new HashMap<>();
    private Program others = new Program(null, new EchoApplication());

    /** For this service. */
    public void put(String service, Program program) {
        named.put(service, program);
    }

    /** For all other services. */
    public void putOthers(Program program) {
        others = program;
    }

    /** Whether anything is launched for some service. */
    public boolean launchesAny() {
        return Stream.concat(named.values().stream(), Stream.of(others))
                .anyMatch(program -> program.launcher() != null);
    }

    private Program find(ConnectSpec spec) {
        return names(spec).map(named::get).filter(Objects::nonNull).findFirst().orElse(others);
    }

    @Nullable
    Launcher launcher(ConnectSpec spec) {
        return find(spec).launcher();
    }

    BackendApplication application(ConnectSpec spec) {
        BackendApplication application = find(spec).application();
        return application == null ? new EchoApplication() : application;
    }

    /** From the most particular one on. */
    private static Stream<String> names(ConnectSpec spec) {
        String service = spec.service();
        String tag = spec.options().tag();
        String name = service.substring(service.lastIndexOf('/') + 1);
        int colon = name.indexOf(':');
        return Stream.of(
                tag == null ? service : service + ":" + tag,
                service,
                name,
                colon < 0 ? name : name.substring(0, colon));
    }
}
