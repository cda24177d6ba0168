package com.jamsocket.sample;

import com.jamsocket.demo.whiteboard.Whiteboard;
import com.jamsocket.testkit.Browser;
import jakarta.ws.rs.SeBootstrap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whiteboard by itself, in a browser. */
@Timeout(180)
class WhiteboardPageTest {

    @Test
    void peopleDrawTogetherAndAnEndOfTheBackendStopsNobody() {
        try (Browser browser = Browser.start();
                Whiteboard whiteboard = Whiteboard.start(SeBootstrap.Configuration.FREE_PORT)) {
            new BoardVisit(whiteboard.url(), whiteboard.backends(), browser).run();
        }
    }
}
