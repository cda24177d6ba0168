package com.jamsocket.internal.dev.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Asks servers whether they answer HTTP, with whatever status. On the loop's thread only. */
public final class HttpProbe {

    /** One that accepts and then says nothing is asked again. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final String BEGINNING = "HTTP/";

    private final EventLoop loop;
    private final ByteBuffer readBuffer = ByteBuffer.allocate(1024);

    /** Runs on this loop. */
    public HttpProbe(EventLoop loop) {
        this.loop = loop;
    }

    /** Asks once. The answer comes later, within a few seconds. */
    public void ask(InetSocketAddress address, Consumer<Boolean> answer) {
        try {
            new Asking(address, answer).begin();
        } catch (IOException e) {
            var unused = loop.after(Duration.ZERO, () -> answer.accept(false));
        }
    }

    private final class Asking implements Upstream.User {

        private final InetSocketAddress address;
        private final Consumer<Boolean> answer;
        private final StringBuilder received = new StringBuilder();
        private final Upstream upstream;
        private final Future<?> timeout;

        Asking(InetSocketAddress address, Consumer<Boolean> answer) throws IOException {
            this.address = address;
            this.answer = answer;
            upstream = new Upstream(loop, address, readBuffer, this);
            timeout = loop.after(PATIENCE, () -> end(false));
        }

        void begin() throws IOException {
            String host = address.getHostString() + ":" + address.getPort();
            String request = "HEAD / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            upstream.send(ByteBuffer.wrap(request.getBytes(StandardCharsets.ISO_8859_1)));
        }

        private void end(boolean answers) {
            timeout.cancel(false);
            upstream.close(!answers);
            answer.accept(answers);
        }

        @Override
        public void received(ByteBuffer bytes) {
            received.append(StandardCharsets.ISO_8859_1.decode(bytes));
            if (received.length() >= BEGINNING.length()) {
                end(received.indexOf(BEGINNING) == 0);
            }
        }

        @Override
        public void drained() {
            // The answer is what counts.
        }

        @Override
        public void ended() {
            end(false);
        }

        @Override
        public void failed(int status) {
            end(false);
        }
    }
}
