package com.jamsocket.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulation finds faults that are put into the code: each within as many runs as a build makes. */
@Tag("long")
class MutantsTest {

    private static final int SEEDS = 10_000;

    @TempDir
    Path classes;

    @ParameterizedTest
    @EnumSource(Mutant.class)
    void isFound(Mutant mutant) throws Exception {
        compile(mutant);
        try (URLClassLoader loader = loader()) {
            LongFunction<List<String>> simulation = simulation(loader);
            for (long seed = 0; seed < SEEDS; seed++) {
                List<String> problems = simulation.apply(seed);
                if (!problems.isEmpty()) {
                    System.out.println(mutant + " is found by seed " + seed + ": " + problems.get(0));
                    return;
                }
            }
        }
        assertThat(mutant).as("not found within %d seeds", SEEDS).isNull();
    }

    private void compile(Mutant mutant) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        String code = mutant.source();
        URI name = URI.create("string:///" + mutant.type().replace('.', '/') + ".java");
        var source = new SimpleJavaFileObject(name, SimpleJavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return code;
            }
        };
        var options = List.of(
                "-proc:none", "-nowarn", "-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
        boolean compiled = compiler.getTask(null, null, null, options, null, List.of(source))
                .call();
        assertThat(compiled).as("%s compiles", mutant).isTrue();
    }

    /** Has all classes of ours anew, the mutated one first. */
    private URLClassLoader loader() throws MalformedURLException {
        List<URL> urls = new ArrayList<>(List.of(classes.toUri().toURL()));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        return new URLClassLoader(urls.toArray(URL[]::new), getClass().getClassLoader()) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                synchronized (getClassLoadingLock(name)) {
                    Class<?> known = findLoadedClass(name);
                    if (known != null) {
                        return known;
                    }
                    return name.startsWith("com.jamsocket.") ? findClass(name) : super.loadClass(name, resolve);
                }
            }
        };
    }

    @SuppressWarnings("unchecked")
    private static LongFunction<List<String>> simulation(ClassLoader loader) throws ReflectiveOperationException {
        var constructor = loader.loadClass(Runs.class.getName()).getDeclaredConstructor();
        constructor.setAccessible(true);
        return (LongFunction<List<String>>) constructor.newInstance();
    }

    /** Runs of the simulation that share nothing but classes. What is thrown is a problem too. */
    static final class Runs implements LongFunction<List<String>> {
        private final Tally tally = new Tally();

        @Override
        public List<String> apply(long seed) {
            try {
                return Simulation.run(seed, tally);
            } catch (RuntimeException | Error thrown) {
                return List.of(thrown.toString());
            }
        }
    }
}
