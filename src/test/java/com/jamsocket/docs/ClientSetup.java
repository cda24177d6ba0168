package com.jamsocket.docs;

import com.jamsocket.Jamsocket;
import com.jamsocket.cdi.FromClient;
import jakarta.enterprise.event.Observes;

/** Sets a client up in code. */
class ClientSetup {
    // snippet: inCode
    void setUp(@Observes @FromClient("") Jamsocket.Builder builder, Vault vault) {
        builder.token(vault::jamsocketToken).header("x-region", "eu");
    }
    // end

    /** Where secrets are. */
    interface Vault {
        String jamsocketToken();
    }
}
