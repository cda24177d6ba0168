package com.jamsocket.demo.whiteboard;

import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.Jamsocket;
import com.jamsocket.SpawnOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A backend for each board. */
@ApplicationScoped
@Path("boards/{board}/connection")
public class Boards {

    /** A process that nobody comes to has an end, and the drawing with it. */
    static final SpawnOptions SPAWN =
            SpawnOptions.builder().maxIdle(Duration.ofHours(1)).build();

    private final @Nullable Jamsocket jamsocket;

    /** Boards on the backends of this client. */
    @Inject
    public Boards(Jamsocket jamsocket) {
        this.jamsocket = jamsocket;
    }

    /** For the proxy of CDI. */
    public Boards() {
        this.jamsocket = null;
    }

    /**
     * A connection to the board, which is opened if nobody has it open. Everybody may draw here, by whatever name: an
     * application with a login takes the name from there.
     */
    @POST
    @Produces(MediaType.APPLICATION_JSON)
    public ConnectResponse connect(
            @PathParam("board") String board, @QueryParam("name") @DefaultValue("somebody") String name) {
        ConnectResponse response = Objects.requireNonNull(jamsocket)
                .connect(ConnectRequest.builder()
                        .key(key(board))
                        .user(name.isBlank() ? "somebody" : name.strip())
                        .waitForEnding(Duration.ofSeconds(20))
                        .spawn(SPAWN)
                        .build());
        return response.forBrowser(URI.create("backends/" + response.backendId() + "/status"));
    }

    /** What the server knows a board by. */
    static String key(String board) {
        return "whiteboard/" + board;
    }
}
