package com.jamsocket.docs;

// snippet: connecting
import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.Jamsocket;
import com.jamsocket.SpawnOptions;
import java.time.Duration;
import java.util.Map;

public final class Connecting {

    static ConnectResponse open(Jamsocket jamsocket, String document, String user) {
        return jamsocket.connect(ConnectRequest.builder()
                .key("doc/" + document)
                .user(user)
                .auth(Map.of("role", "editor"))
                .spawn(SpawnOptions.builder()
                        .maxIdle(Duration.ofMinutes(5))
                        .lifetimeLimit(Duration.ofHours(10))
                        .env("DOCUMENT", document)
                        .build())
                .build());
    }
}
// end
