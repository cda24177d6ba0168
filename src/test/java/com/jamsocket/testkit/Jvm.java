package com.jamsocket.testkit;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** JVMs that tests start beside their own, of the same JDK. */
public final class Jvm {

    private Jvm() {}

    /** The path of a program of the JDK. */
    public static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    /** A command line of java on the class path of the tests: options, class, arguments. */
    public static List<String> command(String... arguments) {
        return commandOn(ClassPath.ofTests(), arguments);
    }

    /** The same on another class path. */
    public static List<String> commandOn(String classPath, String... arguments) {
        return Stream.of(Stream.of(tool("java")), inherited(), Stream.of("-cp", classPath), Stream.of(arguments))
                .flatMap(part -> part)
                .toList();
    }

    /** How code is compiled, and what has coverage counted, if it is: what runs there counts too. */
    private static Stream<String> inherited() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> (option.startsWith("-javaagent:") && option.contains("jacoco"))
                        || option.startsWith("-XX:TieredStopAtLevel="));
    }
}
