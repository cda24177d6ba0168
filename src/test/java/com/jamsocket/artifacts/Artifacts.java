package com.jamsocket.artifacts;

import com.jamsocket.testkit.Jvm;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One of the jars, and programs that run on them. */
record Artifacts(File file) {

    static final Artifacts CLIENT = ofProperty("jar");
    static final Artifacts DEV = ofProperty("dev.jar");
    static final Artifacts CLI = ofProperty("cli.jar");

    private static Artifacts ofProperty(String name) {
        return new Artifacts(new File(System.getProperty(name)));
    }

    /** What is in it, without folders. */
    Set<String> files() throws IOException {
        try (JarFile jar = new JarFile(file)) {
            return jar.stream()
                    .filter(Predicate.not(JarEntry::isDirectory))
                    .map(JarEntry::getName)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** The packages that it has classes in. */
    Set<String> packages() throws IOException {
        return files().stream()
                .filter(name -> name.endsWith(".class"))
                .map(name -> name.substring(0, name.lastIndexOf('/')).replace('/', '.'))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    String text(String name) throws IOException {
        try (JarFile jar = new JarFile(file);
                InputStream in = jar.getInputStream(jar.getJarEntry(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    Attributes manifest() throws IOException {
        try (JarFile jar = new JarFile(file)) {
            return jar.getManifest().getMainAttributes();
        }
    }

    /** The class path of this test, with the client and without what is for development. */
    static List<String> classPath() {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> path = Stream.of(all.split(File.pathSeparator))
                .filter(element -> !new File(element).equals(DEV.file()))
                .collect(Collectors.toCollection(ArrayList::new));
        if (!path.contains(CLIENT.file().getPath())
                || path.stream().anyMatch(element -> element.endsWith("/classes"))) {
            throw new AssertionError("not with the packaged client alone: " + path);
        }
        return path;
    }

    /** What a program prints that ends by itself, errors and logs included. */
    static String run(List<String> arguments, List<String> environment) throws IOException, InterruptedException {
        Process process = start(arguments, environment);
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError("failed: " + output);
            }
            return output;
        } finally {
            process.destroyForcibly();
        }
    }

    /** Runs the JVM of this test, without its settings. */
    static Process start(List<String> arguments, List<String> environment) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Jvm.tool("java"));
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("JAMSOCKET_"));
        environment.forEach(setting -> {
            int equals = setting.indexOf('=');
            builder.environment().put(setting.substring(0, equals), setting.substring(equals + 1));
        });
        return builder.start();
    }
}
