package com.jamsocket.docs;

import com.jamsocket.Jamsocket;
import com.jamsocket.cdi.FromClient;
import com.jamsocket.cdi.JamsocketService;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** A bean with a second client. */
class Rooms {
    // snippet: named
    @Inject
    @JamsocketService("rooms")
    Jamsocket rooms;
    // end

    @Inject
    Vault vault;

    // snippet: inCode
    void setUp(@Observes @FromClient("") Jamsocket.Builder builder) {
        builder.token(vault::jamsocketToken).header("x-region", "eu");
    }
    // end

    /** Where secrets are. */
    static class Vault {
        String jamsocketToken() {
            return "token";
        }
    }
}
