package com.example.documents;

// snippet: quarkusResource
import com.jamsocket.dev.JamsocketDevServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

public class BackendsOfTheTest implements QuarkusTestResourceLifecycleManager {

    private JamsocketDevServer server;

    @Override
    public Map<String, String> start() {
        server = JamsocketDevServer.builder().virtualTime().start();
        return server.settings();
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(server, field -> field.getType() == JamsocketDevServer.class);
    }

    @Override
    public void stop() {
        server.close();
    }
}
// end
