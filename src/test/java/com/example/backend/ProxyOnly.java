package com.example.backend;

// snippet: configurator
import com.jamsocket.backend.BackendEnvironment;
import com.jamsocket.backend.websocket.VerifiedRequestConfigurator;

/** Where only the proxy reaches the backend, a look at its headers is enough. */
public class ProxyOnly extends VerifiedRequestConfigurator {

    private static final String ID = BackendEnvironment.current().backendId();

    public ProxyOnly() {
        super(request -> ID == null || ID.equals(request.backendId()));
    }
}
// end
