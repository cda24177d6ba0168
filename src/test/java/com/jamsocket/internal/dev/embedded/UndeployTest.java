package com.jamsocket.internal.dev.embedded;

import static com.jamsocket.testkit.Eventually.afterCollection;
import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.ConnectRequest;
import com.jamsocket.Jamsocket;
import com.jamsocket.dev.ProcessBackend;
import com.jamsocket.testkit.Http;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/**
 * An application with a class loader of its own that comes, runs commands in the embedded server, and goes: what a
 * server does that undeploys it.
 */
@Timeout(180)
class UndeployTest {

    private static final String APPLICATION = Application.class.getName();

    /** Classes of this project of its own, all others from above. */
    private static final class ApplicationLoader extends ClassLoader {

        ApplicationLoader() {
            super(UndeployTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("com.jamsocket.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                return known == null ? define(name) : known;
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    /** Loaded by that loader; what it gives and takes are types of the JDK. */
    public static final class Application implements Function<String, String>, AutoCloseable {

        private final Jamsocket jamsocket;

        public Application(String command) {
            jamsocket = Jamsocket.builder()
                    .embedded()
                    .devCommand(command)
                    .devWatch(Path.of("src", "test", "js"))
                    .build();
        }

        /** The connection URL of the backend with this key. */
        @Override
        public String apply(String key) {
            return jamsocket
                    .connect(ConnectRequest.builder().key(key).build())
                    .url()
                    .toString();
        }

        @Override
        public void close() {
            jamsocket.close();
        }
    }

    @Test
    void letsGoOfThreadsAndProcesses() throws Exception {
        Set<Thread> threads = threads();
        var unused = deployAndUndeploy();

        eventually("no further thread", () -> threads.containsAll(threads()));
    }

    @Test
    @EnabledForJreRange(
            max = JRE.JAVA_17,
            disabledReason = "later JDKs keep it by soft references until memory is short: docs/servers.md")
    void letsGoOfItsClassLoader() throws Exception {
        WeakReference<ClassLoader> gone = deployAndUndeploy();

        afterCollection("the class loader", () -> gone.get() == null);
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("jamsocket-"))
                .collect(Collectors.toSet());
    }

    private static WeakReference<ClassLoader> deployAndUndeploy() throws Exception {
        ClassLoader loader = new ApplicationLoader();
        Function<String, String> application = inside(loader, () -> deploy(loader));
        ProcessHandle process;
        try (AutoCloseable closed = (AutoCloseable) application) {
            URI url = URI.create(inside(loader, () -> application.apply("doc")));
            String answer = new Http(url).get(url.getPath()).body();
            assertThat(answer).contains("SESSION_BACKEND_KEY=doc");
            process = ProcessHandle.of(Long.parseLong(answer.replaceAll("(?s).*pid=([0-9]+).*", "$1")))
                    .orElseThrow();
            assertThat(process.isAlive()).isTrue();
        }
        // The end of the client waits for it.
        assertThat(process.isAlive()).isFalse();
        return new WeakReference<>(loader);
    }

    @SuppressWarnings("unchecked")
    private static Function<String, String> deploy(ClassLoader loader) throws ReflectiveOperationException {
        Object application = loader.loadClass(APPLICATION)
                .getConstructor(String.class)
                .newInstance("'" + String.join("' '", ProcessBackend.command()) + "'");
        assertThat(application.getClass()).isNotSameAs(Application.class);
        return (Function<String, String>) application;
    }

    /** With the context class loader that an application has; the HTTP client of this test would keep that one. */
    private static <T> T inside(ClassLoader loader, Callable<T> call) throws Exception {
        Thread here = Thread.currentThread();
        ClassLoader before = here.getContextClassLoader();
        here.setContextClassLoader(loader);
        try {
            return call.call();
        } finally {
            here.setContextClassLoader(before);
        }
    }
}
