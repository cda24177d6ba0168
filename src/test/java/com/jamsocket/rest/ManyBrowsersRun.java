package com.jamsocket.rest;

import com.jamsocket.Jamsocket;
import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.dev.Lifecycle;
import com.jamsocket.internal.rest.SharedStreams;
import com.jamsocket.testkit.States;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;

/**
 * What browsers cost an application: prints streams, threads, heap and times of 1,000 browsers on 50 backends, or of so
 * many as its arguments say. The browsers are one thread and a socket each, and the development server is in this JVM
 * too: heap and processor time are upper limits.
 */
public final class ManyBrowsersRun {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final int port;
    private final Selector selector = Selector.open();
    private final ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
    private final List<Browser> browsers = new ArrayList<>();

    private ManyBrowsersRun(int port) throws IOException {
        this.port = port;
    }

    /** A browser that was sent its first state after so long. */
    private static final class Browser {
        private final long opened = System.nanoTime();
        private long firstState;
        private String last = "";

        /** Looks for words; one that is cut in two is found with the next read. */
        void hear(String text) {
            String all = last + text;
            if (firstState == 0 && all.contains("data:")) {
                firstState = System.nanoTime() - opened;
            }
            last = all.substring(Math.max(0, all.length() - 200));
        }
    }

    public static void main(String... args) throws IOException {
        int browsers = args.length > 0 ? Integer.parseInt(args[0]) : 1_000;
        int backends = args.length > 1 ? Integer.parseInt(args[1]) : 50;
        try (JamsocketDevServer server = JamsocketDevServer.builder()
                        .lifecycle(Lifecycle.manual())
                        .start();
                Jamsocket jamsocket = Jamsocket.dev(server.port())) {
            HttpServer application = GrizzlyHttpServerFactory.createHttpServer(
                    URI.create("http://127.0.0.1:0/"),
                    new ResourceConfig()
                            .property(ServerProperties.WADL_FEATURE_DISABLE, true)
                            .register(new ManyBrowsersTest.Statuses(jamsocket)));
            try {
                // The first browser has the classes loaded.
                run(server, jamsocket, application, 1, 1);
                run(server, jamsocket, application, browsers, backends);
            } finally {
                application.shutdownNow();
            }
        }
    }

    private static void run(
            JamsocketDevServer server, Jamsocket jamsocket, HttpServer application, int browsers, int backends)
            throws IOException {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < backends; i++) {
            ids.add(jamsocket.connect().backendId());
        }
        SharedStreams streams = ((SharedStreams.Owner) jamsocket.async()).sharedStreams();
        ManyBrowsersRun run =
                new ManyBrowsersRun(application.getListener("grizzly").getPort());
        long heap = heap();
        long cpu = cpu();
        for (int i = 0; i < browsers; i++) {
            run.open(ids.get(i % backends));
        }
        run.readUntil("scheduled");
        long[] times = run.browsers.stream()
                .mapToLong(each -> each.firstState)
                .sorted()
                .toArray();
        System.out.printf(
                "%d browsers on %d backends: %d upstream streams, %d connections at the server%n",
                browsers, backends, streams.size(), server.connections());
        System.out.printf(
                "first state after %.1f ms (median), %.1f ms (99 of 100), %.1f ms (all)%n",
                times[times.length / 2] / 1e6, times[times.length * 99 / 100] / 1e6, times[times.length - 1] / 1e6);
        System.out.printf(
                "processor time, with that of the server: %.2f ms a browser%n", (cpu() - cpu) / 1e6 / browsers);
        System.out.println("threads while they came: " + threads());
        System.out.printf("heap: %.1f KiB a browser%n", (heap() - heap) / 1024.0 / browsers);

        long moved = System.nanoTime();
        ids.forEach(id -> server.moveTo(id, States.READY));
        run.readUntil("ready");
        System.out.printf("ready with all of them after %.1f ms%n", (System.nanoTime() - moved) / 1e6);
        ids.forEach(id -> server.moveTo(id, States.TERMINATED));
        run.readUntil("terminated");
        run.close();
        System.out.printf("terminated with all of them, %d upstream streams are left%n%n", streams.size());
    }

    private void open(String backend) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        String request = "GET /" + backend + "/status/stream HTTP/1.1\r\nHost: localhost\r\n\r\n";
        channel.write(StandardCharsets.US_ASCII.encode(request));
        channel.configureBlocking(false);
        Browser browser = new Browser();
        browsers.add(browser);
        channel.register(selector, SelectionKey.OP_READ, browser);
        read(0);
    }

    private void readUntil(String word) throws IOException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!browsers.stream().allMatch(each -> each.last.contains(word))) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("not all are told of " + word + " within " + LIMIT);
            }
            read(100);
        }
    }

    private void read(long millis) throws IOException {
        if (millis == 0) {
            selector.selectNow();
        } else {
            selector.select(millis);
        }
        for (SelectionKey key : selector.selectedKeys()) {
            buffer.clear();
            if (((SocketChannel) key.channel()).read(buffer) < 0) {
                key.cancel();
            }
            ((Browser) key.attachment())
                    .hear(StandardCharsets.ISO_8859_1.decode(buffer.flip()).toString());
        }
        selector.selectedKeys().clear();
    }

    private void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }

    private static long cpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** By the beginning of their names. */
    private static Map<String, Long> threads() {
        return Arrays.stream(ManagementFactory.getThreadMXBean()
                        .getThreadInfo(ManagementFactory.getThreadMXBean().getAllThreadIds()))
                .map(thread -> thread.getThreadName().replaceAll("[-#(\\[ ]*\\d.*", ""))
                .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));
    }
}
