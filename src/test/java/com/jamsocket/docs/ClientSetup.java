package com.jamsocket.docs;

// snippet: inCode
import com.jamsocket.Jamsocket;
import com.jamsocket.cdi.FromClient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

@ApplicationScoped
public class ClientSetup {

    void setUp(@Observes @FromClient("") Jamsocket.Builder builder, Vault vault) {
        builder.token(vault::jamsocketToken).header("x-region", "eu");
    }

    /** Where the application has its secrets. */
    interface Vault {

        String jamsocketToken();
    }
}
// end
