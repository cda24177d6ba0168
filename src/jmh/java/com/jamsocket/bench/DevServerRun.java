package com.jamsocket.bench;

import com.jamsocket.ConnectRequest;
import com.jamsocket.Jamsocket;
import com.jamsocket.TerminationKind;
import com.jamsocket.dev.BackendHandler;
import com.jamsocket.dev.JamsocketDevServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What the development server costs: calls, against a server that does nothing for them; requests through its proxy to
 * a backend of Java in it; an end among many backends, against one among few; and its heap while backends come and go.
 * Arguments: the file of figures, the number of rounds, the calls of a sample, the few backends, the many, and how
 * often as many come and go.
 */
public final class DevServerRun {

    private static final String STUB = "a server that does nothing";
    private static final String DEV_SERVER = "development server";
    private static final int CALLERS = 8;

    private final Figures figures = new Figures("dev-server");

    private DevServerRun() {}

    /** Measures, prints a table, and puts the figures into the file. */
    public static void main(String... args) throws Exception {
        Arguments arguments = new Arguments(args);
        arguments.conclude(measure(
                arguments.number(1, 3),
                arguments.number(2, 20_000),
                arguments.number(3, 100),
                arguments.number(4, 10_000),
                arguments.number(5, 10)));
    }

    static List<Figure> measure(int rounds, int calls, int few, int many, int times) throws Exception {
        DevServerRun run = new DevServerRun();
        for (int round = 0; round < rounds; round++) {
            run.calls(calls);
            run.ends(few, many);
            run.memory(many, times);
        }
        return run.figures.all();
    }

    private void calls(int calls) throws Exception {
        try (StubServer stub = StubServer.start()) {
            calls(stub.fork(), stub.port(), STUB, calls);
            requests(stub.fork(), StubServer.uri(stub.port(), "/streams/"), STUB, calls);
        }
        try (Fork server = Fork.java(Server.class)) {
            int port = Integer.parseInt(server.line());
            try (Jamsocket client = Jamsocket.dev(port)) {
                URI backend = client.connect(CallsRun.KEYED).url();
                calls(server, port, DEV_SERVER, calls);
                requests(server, backend, DEV_SERVER, calls);
            }
        }
    }

    private void calls(Fork server, int port, String candidate, int calls) throws Exception {
        cost(server, "connect to a key", candidate, CallsRun.urlConnection(port), calls);
    }

    private void requests(Fork server, URI uri, String candidate, int calls) throws Exception {
        cost(server, "request to a backend", candidate, () -> StubServer.get(uri), calls);
    }

    private void cost(Fork server, String what, String candidate, Callable<?> call, int calls) throws Exception {
        call(call, calls);
        double before = server.cpuMicros();
        call(call, calls);
        figures.add("CPU of the server, a " + what, "µs", candidate, STUB, (server.cpuMicros() - before) / calls);
    }

    private static void call(Callable<?> call, int calls) throws InterruptedException, ExecutionException {
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                running.add(callers.submit(() -> {
                    for (int i = 0; i < calls / CALLERS; i++) {
                        call.call();
                    }
                    return null;
                }));
            }
            for (Future<?> caller : running) {
                caller.get();
            }
        } finally {
            callers.shutdownNow();
        }
    }

    /** As many are ended among few as among many, after as many for the compiler. */
    private void ends(int few, int many) throws IOException {
        for (int alive : new int[] {few, many}) {
            try (Fork server = Fork.java(Server.class);
                    Jamsocket client = Jamsocket.dev(Integer.parseInt(server.line()))) {
                backends(client, "alive", alive);
                end(client, backends(client, "warm", few));
                List<String> ending = backends(client, "ending", few);
                double before = server.cpuMicros();
                end(client, ending);
                figures.add(
                        "CPU of the server, an end",
                        "µs",
                        "among " + alive + " backends",
                        "among " + few + " backends",
                        (server.cpuMicros() - before) / few);
            }
        }
    }

    private void memory(int backends, int times) throws IOException {
        try (Fork server = Fork.java(Server.class);
                Jamsocket client = Jamsocket.dev(Integer.parseInt(server.line()))) {
            String first = "after " + backends + " backends";
            for (int time = 1; time <= times; time++) {
                end(client, backends(client, time + "-", backends));
                if (time == 1 || time == times) {
                    figures.add(
                            "heap of the server",
                            "KiB",
                            time == 1 ? first : "after " + backends * times,
                            first,
                            Double.parseDouble(server.ask("heap")) / 1024);
                }
            }
        }
    }

    private static List<String> backends(Jamsocket client, String prefix, int count) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(client.connect(ConnectRequest.builder().key(prefix + i).build())
                    .backendId());
        }
        return ids;
    }

    private static void end(Jamsocket client, List<String> ids) {
        ids.forEach(id -> client.terminate(id, TerminationKind.HARD));
    }

    /** The process of the server. It ends with its standard input. */
    static final class Server {

        private Server() {}

        /** Writes its port, and its heap for each line that is read. */
        public static void main(String... args) throws IOException {
            try (JamsocketDevServer server = JamsocketDevServer.builder()
                            .backend(request -> BackendHandler.Response.text(200, "here"))
                            .start();
                    BufferedReader questions =
                            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
                System.out.println(server.port());
                while (questions.readLine() != null) {
                    System.out.println(Usage.heap());
                }
            }
        }
    }
}
