package com.jamsocket.docs;

// snippet: port
import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.test.ServerSetup;

class OnThePort implements ServerSetup {

    @Override
    public void setUp(JamsocketDevServer.Builder builder) {
        builder.port(8099);
    }
}
// end
