package com.jamsocket.testkit;

import java.io.File;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What the tests are run with, for programs that start another JVM. */
public final class ClassPath {

    private ClassPath() {}

    /** The class path of the tests, also within Maven, whose own is that of the JVM. */
    public static String ofTests() {
        String path = System.getProperty("java.class.path");
        if (path.contains("jakarta")) {
            return path;
        }
        URLClassLoader loader = (URLClassLoader) ClassPath.class.getClassLoader();
        return Arrays.stream(loader.getURLs())
                .map(url -> new File(url.getPath()).getPath())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
