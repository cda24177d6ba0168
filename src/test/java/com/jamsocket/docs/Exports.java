package com.jamsocket.docs;

// snippet: export
import com.jamsocket.BackendHandle;
import com.jamsocket.ConnectRequest;
import com.jamsocket.Jamsocket;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

@ApplicationScoped
public class Exports {

    @Inject
    Jamsocket jamsocket;

    /** The drawing on a board as SVG, made by its backend, which is started if it does not run. */
    public String svg(String board) {
        ConnectRequest request =
                ConnectRequest.builder().key(board).user("export").build();
        try (BackendHandle backend = jamsocket.backend(request)) {
            return backend.target().path("export.svg").request("image/svg+xml").get(String.class);
        }
    }
}
// end
