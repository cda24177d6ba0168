package com.jamsocket.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.File;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The project to copy is compiled against the packaged jars, and its tests pass. */
class ExampleIT {

    private static final Path EXAMPLE = Path.of("examples/counter");

    @TempDir
    static Path classes;

    @TestFactory
    Stream<DynamicTest> itsTestsPass() throws Exception {
        compile();
        URLClassLoader loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader());
        Class<?> test = loader.loadClass("com.example.counter.CounterTest");
        List<Method> tests = annotated(test, Test.class);
        assertThat(tests).hasSizeGreaterThan(1);
        return tests.stream()
                .map(method -> dynamicTest(method.getName(), () -> run(test, method)))
                .onClose(() -> close(loader));
    }

    private static void compile() throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("-proc:none", "-Xlint:all,-classfile", "-Werror", "-d", classes.toString()));
        arguments.addAll(List.of(
                "-cp",
                String.join(File.pathSeparator, Artifacts.classPath()) + File.pathSeparator + Artifacts.DEV.file()));
        try (Stream<Path> files = Files.walk(EXAMPLE.resolve("src"))) {
            files.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(arguments::add);
        }
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
    }

    /** As JUnit does: an object for each method. */
    private static void run(Class<?> test, Method method) throws Exception {
        Constructor<?> constructor = test.getDeclaredConstructor();
        constructor.setAccessible(true);
        Object object = constructor.newInstance();
        try {
            method.invoke(object);
        } finally {
            for (Method after : annotated(test, AfterEach.class)) {
                after.invoke(object);
            }
        }
    }

    private static List<Method> annotated(Class<?> test, Class<? extends Annotation> annotation) {
        return Stream.of(test.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(annotation))
                .peek(method -> method.setAccessible(true))
                .toList();
    }

    private static void close(URLClassLoader loader) {
        try {
            loader.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
