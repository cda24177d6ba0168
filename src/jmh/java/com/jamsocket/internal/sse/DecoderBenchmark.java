package com.jamsocket.internal.sse;

import com.launchdarkly.eventsource.ConnectStrategy;
import com.launchdarkly.eventsource.ErrorStrategy;
import com.launchdarkly.eventsource.EventSource;
import com.launchdarkly.eventsource.MessageEvent;
import com.launchdarkly.eventsource.StreamException;
import com.launchdarkly.logging.LDLogger;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ReaderInterceptor;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.glassfish.jersey.media.sse.EventInput;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/** The decoder, event by event, against okhttp-eventsource and Jersey without their connections. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecoderBenchmark {

    private static final int EVENTS = 500;
    private static final URI ORIGIN = URI.create("http://localhost/");

    /** Bytes that arrive at once. */
    @Param({"1", "64", "8192"})
    public int chunk;

    private byte[] stream;
    private Client jersey;

    /** States as Plane tells them, with an id each. */
    @Setup
    public void setUp() {
        stream = "data: {\"status\":\"ready\",\"time\":1730752941123}\nid: ready\n\n"
                .repeat(EVENTS)
                .getBytes(StandardCharsets.UTF_8);
        jersey = ClientBuilder.newClient()
                .register(
                        (ClientRequestFilter) request -> request.abortWith(Response.ok("")
                                .type(MediaType.SERVER_SENT_EVENTS_TYPE)
                                .build()),
                        ClientRequestFilter.class)
                .register(
                        (ReaderInterceptor) context -> {
                            context.setInputStream(new Chunks());
                            return context.proceed();
                        },
                        ReaderInterceptor.class);
    }

    @TearDown
    public void tearDown() {
        jersey.close();
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void decodeJamsocket(Blackhole events) throws EventTooLongException {
        EventStreamDecoder decoder = new EventStreamDecoder(1 << 20, "");
        int count = 0;
        // One buffer whose limit moves: making one for each chunk is for the HTTP client to do, and not measured.
        ByteBuffer bytes = ByteBuffer.wrap(stream);
        for (int start = 0; start < stream.length; start += chunk) {
            bytes.limit(Math.min(start + chunk, stream.length));
            for (Signal signal = decoder.next(bytes); signal != null; signal = decoder.next(bytes)) {
                events.consume(((ReceivedEvent) signal).data());
                count++;
            }
        }
        requireAll(count);
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void decodeOkhttpEventsource(Blackhole events) throws StreamException {
        int count = 0;
        try (EventSource source = new EventSource.Builder(new FromMemory())
                .errorStrategy(ErrorStrategy.alwaysThrow())
                .build()) {
            for (; count < EVENTS; count++) {
                MessageEvent event = source.readMessage();
                events.consume(event.getData());
            }
        }
        requireAll(count);
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void decodeJersey(Blackhole events) {
        int count = 0;
        try (Response response = jersey.target(ORIGIN).request().get();
                EventInput input = response.readEntity(EventInput.class)) {
            for (; count < EVENTS; count++) {
                events.consume(input.read().readData());
            }
        }
        requireAll(count);
    }

    private static void requireAll(int count) {
        if (count != EVENTS) {
            throw new IllegalStateException(count + " events of " + EVENTS);
        }
    }

    /** Connects to the bytes of this benchmark. */
    private final class FromMemory extends ConnectStrategy {

        @Override
        public ConnectStrategy.Client createClient(LDLogger logger) {
            return new ConnectStrategy.Client() {
                @Override
                public Result connect(String lastEventId) {
                    return new Result(new Chunks(), ORIGIN, () -> {});
                }

                @Override
                public URI getOrigin() {
                    return ORIGIN;
                }

                @Override
                public boolean awaitClosed(long timeoutMillis) {
                    return true;
                }

                @Override
                public void close() {}
            };
        }
    }

    /** Gives out a chunk at each read. */
    private final class Chunks extends InputStream {
        private int position;

        @Override
        public int read() {
            return position < stream.length ? stream[position++] : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (position == stream.length) {
                return -1;
            }
            int count = Math.min(Math.min(chunk, length), stream.length - position);
            System.arraycopy(stream, position, into, offset, count);
            position += count;
            return count;
        }
    }
}
