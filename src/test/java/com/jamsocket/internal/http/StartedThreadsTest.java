package com.jamsocket.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.BackendState;
import com.jamsocket.Jamsocket;
import com.jamsocket.StatusSubscription;
import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.testkit.Jvm;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A client uses the threads that it has. With no more than two processors the JDK's HTTP client would start one for
 * each answer and each end of a stream: up to Java 24, that is what its common pool is replaced with.
 */
@Timeout(60)
class StartedThreadsTest {

    private static final int TIMES = 100;

    @Test
    void noThreadIsStartedForAnAnswerOrForTheEndOfAStream() throws Exception {
        try (JamsocketDevServer server = JamsocketDevServer.start()) {
            Process jvm = new ProcessBuilder(Jvm.command(
                            "-XX:ActiveProcessorCount=2", Program.class.getName(), String.valueOf(server.port())))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String said = new String(jvm.getInputStream().readAllBytes(), UTF_8);
            assertThat(jvm.waitFor()).isZero();
            assertThat(Integer.parseInt(said.trim())).isLessThan(TIMES / 4);
        }
    }

    /** Prints how many threads were started for calls and streams. */
    static final class Program {

        private Program() {}

        public static void main(String... args) {
            try (Jamsocket client = Jamsocket.dev(Integer.parseInt(args[0]))) {
                connectAndListen(client);
                ThreadMXBean threads = ManagementFactory.getThreadMXBean();
                long before = threads.getTotalStartedThreadCount();
                for (int i = 0; i < TIMES; i++) {
                    connectAndListen(client);
                }
                System.out.println(threads.getTotalStartedThreadCount() - before);
            }
        }

        /** A call with one answer, the question and the handshake of a stream, and its end. */
        private static void connectAndListen(Jamsocket client) {
            String id = client.connect().backendId();
            CompletableFuture<BackendState> first = new CompletableFuture<>();
            StatusSubscription stream = client.statusStream(id, first::complete);
            first.join();
            stream.close();
            stream.end().toCompletableFuture().join();
        }
    }
}
