package com.jamsocket.dev;

import com.jamsocket.internal.dev.launch.ShellWords;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The command line of the server as a program. */
final class ProgramOptions {

    static final String HELP =
            """
            Runs session backends on this machine, behind the APIs of Jamsocket and Plane.

            usage: java -jar jamsocket-jakarta-…-cli.jar [option…]

              --port PORT             the port; 0 for a free one (8080)
              --connection-port PORT  the port of connection URLs; 0 for a free one (0)
              --host HOST             the name or address to listen on (loopback)
              --allowed-host NAME     a name by which the server may be called, beside loopback
                                      names and addresses; may be repeated
              --public-url URL        where others reach it, for the URLs that it hands out
              --public-connection-url URL
                                      the same for connection URLs, where they need another
              --cluster NAME          a Plane cluster that it stands for, beside that of its
                                      connection URLs; may be repeated
              --pool NAME             the same for a pool of drones
              --command COMMAND       starts this for each backend, such as "node server.js";
                                      it listens on the port that PORT names. No shell runs it.
              --service NAME=COMMAND  the same for one service, or image; may be repeated
              --env NAME=VALUE        gives the commands this variable; may be repeated
              --watch PATH            asks backends to end when files below change, so that the
                                      next connect starts anew; may be repeated
              --ready-timeout TIME    how long a backend may take to answer (5m)
              --grace TIME            how long it may take to end when it is asked to (30s)
              --max-idle TIME         how long it may be without connections and requests, where
                                      the request does not say so
              --static-token          one token for all users of a backend, which stays in the path
              --help                  shows this
              --version               shows the version

            TIME is a number with ms, s, m or h. Without a command backends echo requests.
            """;

    private static final int DEFAULT_PORT = 8080;
    private static final Pattern TIME = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");

    private final JamsocketDevServer.Builder builder = JamsocketDevServer.builder();
    private int port = DEFAULT_PORT;
    private final Map<String, List<String>> services = new LinkedHashMap<>();
    private final Map<String, String> env = new LinkedHashMap<>();
    private final List<Path> watched = new ArrayList<>();
    private @Nullable List<String> command;
    private boolean help;
    private boolean version;

    private ProgramOptions() {}

    /**
     * Reads a command line.
     *
     * @throws IllegalArgumentException if it is none; the message says why
     */
    static ProgramOptions parse(String... arguments) {
        ProgramOptions options = new ProgramOptions();
        Deque<String> rest = new ArrayDeque<>(List.of(arguments));
        while (!rest.isEmpty()) {
            String[] option = rest.remove().split("=", 2);
            if (option.length == 2) {
                rest.addFirst(option[1]);
            }
            int values = rest.size();
            options.read(option[0], rest);
            if (option.length == 2 && rest.size() == values) {
                throw new IllegalArgumentException(option[0] + " takes no value");
            }
        }
        if (options.command == null && options.services.isEmpty()) {
            options.requireCommand(options.env.isEmpty(), "--env");
            options.requireCommand(options.watched.isEmpty(), "--watch");
        }
        return options;
    }

    private void requireCommand(boolean absent, String option) {
        if (!absent) {
            throw new IllegalArgumentException(option + " needs --command or --service");
        }
    }

    private void read(String option, Deque<String> rest) {
        switch (option) {
            case "--port" -> port = port(value(option, rest));
            case "--connection-port" -> builder.connectionPort(port(value(option, rest)));
            case "--host" -> builder.host(value(option, rest));
            case "--allowed-host" -> builder.allowedHosts(value(option, rest));
            case "--public-url" -> builder.publicUrl(URI.create(value(option, rest)));
            case "--public-connection-url" -> builder.publicConnectionUrl(URI.create(value(option, rest)));
            case "--cluster" -> builder.clusters(value(option, rest));
            case "--pool" -> builder.pools(value(option, rest));
            case "--command" -> command = ShellWords.split(value(option, rest));
            case "--service" -> {
                String[] pair = pair(option, rest, "NAME=COMMAND");
                services.put(pair[0], ShellWords.split(pair[1]));
            }
            case "--env" -> {
                String[] pair = pair(option, rest, "NAME=VALUE");
                env.put(pair[0], pair[1]);
            }
            case "--watch" -> watched.add(Path.of(value(option, rest)));
            case "--ready-timeout" -> builder.readyTimeout(time(option, rest));
            case "--grace" -> builder.grace(time(option, rest));
            case "--max-idle" -> builder.maxIdle(time(option, rest));
            case "--static-token" -> builder.staticToken(true);
            case "--help" -> help = true;
            case "--version" -> version = true;
            default ->
                throw new IllegalArgumentException(
                        option.startsWith("-")
                                ? "unknown option " + option
                                : "no option: " + option + "; a command of several words is written in quotes");
        }
    }

    private static String value(String option, Deque<String> rest) {
        String value = rest.poll();
        if (value == null) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return value;
    }

    private static int port(String text) {
        if (text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= 65_535) {
            return Integer.parseInt(text);
        }
        throw new IllegalArgumentException("a port is from 0 to 65535, not " + text);
    }

    private static String[] pair(String option, Deque<String> rest, String form) {
        String[] pair = value(option, rest).split("=", 2);
        if (pair.length < 2 || pair[0].isBlank()) {
            throw new IllegalArgumentException(option + " needs " + form);
        }
        return pair;
    }

    private static Duration time(String option, Deque<String> rest) {
        String text = value(option, rest);
        Matcher time = TIME.matcher(text);
        if (!time.matches() || Long.parseLong(time.group(1)) == 0) {
            throw new IllegalArgumentException(option + " needs a time such as 500ms, 30s, 5m or 1h, not " + text);
        }
        long count = Long.parseLong(time.group(1));
        return switch (time.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            default -> Duration.ofHours(count);
        };
    }

    int port() {
        return port;
    }

    boolean help() {
        return help;
    }

    boolean version() {
        return version;
    }

    /** A server as it was asked for. */
    JamsocketDevServer.Builder builder() {
        if (command != null) {
            builder.launcher(launcher(command));
        }
        services.forEach((name, words) -> builder.launcher(name, launcher(words)));
        return builder.port(port).watch(watched.toArray(Path[]::new));
    }

    private CommandLauncher launcher(List<String> words) {
        CommandLauncher launcher = CommandLauncher.of(words);
        for (Map.Entry<String, String> variable : env.entrySet()) {
            launcher = launcher.env(variable.getKey(), variable.getValue());
        }
        return launcher;
    }
}
