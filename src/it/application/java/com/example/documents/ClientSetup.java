package com.example.documents;

import com.jamsocket.Jamsocket;
import com.jamsocket.cdi.FromClient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.atomic.AtomicInteger;

/** Sets up the client without a name in code: with a secret that changes. */
@ApplicationScoped
public class ClientSetup {

    private final AtomicInteger read = new AtomicInteger();

    void setUp(@Observes @FromClient("") Jamsocket.Builder builder) {
        builder.header("X-Secret", () -> "secret " + read.incrementAndGet());
    }
}
