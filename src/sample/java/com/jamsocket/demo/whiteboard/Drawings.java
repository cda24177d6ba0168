package com.jamsocket.demo.whiteboard;

import com.jamsocket.BackendHandle;
import com.jamsocket.ConnectRequest;
import com.jamsocket.Jamsocket;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What is on a board, as a file: the application asks the board's backend. */
@ApplicationScoped
@Path("boards/{board}/drawing.svg")
public class Drawings {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private final @Nullable Jamsocket jamsocket;

    /** Of the boards on the backends of this client. */
    @Inject
    public Drawings(Jamsocket jamsocket) {
        this.jamsocket = jamsocket;
    }

    /** For the proxy of CDI. */
    public Drawings() {
        this.jamsocket = null;
    }

    /** The drawing as SVG. A board that nobody has open is opened, and is empty. */
    @GET
    public Response svg(@PathParam("board") String board) {
        ConnectRequest request = ConnectRequest.builder()
                .key(Boards.key(board))
                .user("export")
                .waitForEnding(LIMIT)
                .spawn(Boards.SPAWN)
                .build();
        try (BackendHandle backend = Objects.requireNonNull(jamsocket).backend(request)) {
            Message message = new Message();
            http.newWebSocketBuilder()
                    .connectTimeout(LIMIT)
                    .buildAsync(backend.webSocketUrl("export"), message)
                    .join();
            String svg =
                    message.text.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
            return Response.ok(svg, "image/svg+xml;charset=utf-8")
                    .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"drawing.svg\"")
                    .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
                    .header(HttpHeaders.CACHE_CONTROL, "no-store")
                    .build();
        }
    }

    /** The one that comes. */
    private static final class Message implements WebSocket.Listener {
        private final CompletableFuture<String> text = new CompletableFuture<>();
        private final StringBuilder parts = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            parts.append(data);
            if (last) {
                text.complete(parts.toString());
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            text.completeExceptionally(new IllegalStateException("the board has said nothing: " + code));
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable failure) {
            text.completeExceptionally(failure);
        }
    }
}
