package com.example.backend;

// snippet: secrets
import com.jamsocket.backend.VerifiedRequest;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The secrets of the connections that the application has made to this backend. */
public final class Connections {

    private final Set<String> secrets = ConcurrentHashMap.newKeySet();

    /** What the application got from {@code ConnectResponse.secretToken()} and has told this backend. */
    public void add(String secret) {
        secrets.add(secret);
    }

    public boolean have(VerifiedRequest request) {
        return secrets.stream().anyMatch(request::hasSecret);
    }
}
// end
