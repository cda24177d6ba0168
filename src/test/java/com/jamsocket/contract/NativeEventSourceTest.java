package com.jamsocket.contract;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.TerminationKind;
import com.jamsocket.testkit.States;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.sse.SseEventSource;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The development server is to please other clients than ours: here, the one of the Jakarta REST implementation. */
class NativeEventSourceTest extends ClientContract {

    private static final Pattern STATUS = Pattern.compile("\"status\":\\s*\"([a-z-]+)\"");

    @Test
    void theEventSourceOfTheImplementationReadsAWholeLife() {
        String id = client().connect().backendId();
        List<String> heard = new CopyOnWriteArrayList<>();
        Client rest = closing(ClientBuilder.newClient());
        SseEventSource source =
                closing(SseEventSource.target(rest.target(streamOf(id))).build());
        source.register(event -> {
            // A comment is an event without data to some.
            String data = event.readData();
            // After the end it asks again, and is told all again in the dialect whose events have no ids.
            if (data != null && !data.isEmpty() && !heard.contains("terminated")) {
                heard.add(statusOf(data));
            }
        });

        source.open();
        eventually("ready", LONG, () -> heard.contains("ready"));
        client().terminate(id, TerminationKind.SOFT);
        eventually("terminated", LONG, () -> heard.contains("terminated"));

        assertThat(heard).isEqualTo(States.LIFE);
    }

    private URI streamOf(String id) {
        return server.url()
                .resolve(
                        switch (dialect) {
                            case JAMSOCKET -> "v2/backend/" + id + "/status/stream";
                            case PLANE -> "pub/b/" + id + "/status-stream";
                        });
    }

    private static String statusOf(String json) {
        Matcher status = STATUS.matcher(json);
        assertThat(status.find()).as(json).isTrue();
        return status.group(1);
    }
}
