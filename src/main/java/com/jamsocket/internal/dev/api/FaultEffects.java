package com.jamsocket.internal.dev.api;

import com.jamsocket.internal.dev.http.Exchange;
import com.jamsocket.internal.dev.http.HttpReply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Does to an exchange what a fault says. On the loop's thread only. */
final class FaultEffects {

    private final Faults faults;
    private final Runnable refuseConnections;

    FaultEffects(Faults faults, Runnable refuseConnections) {
        this.faults = faults;
        this.refuseConnections = refuseConnections;
    }

    /** In the place of an answer; whether there will be no other. */
    boolean insteadOfAnswer(InjectedFault fault, Exchange exchange) {
        switch (fault.kind()) {
            case ANSWER -> exchange.reply(answer(fault));
            case HTML -> exchange.reply(HttpReply.of(200, "text/html", "<!doctype html><title>Maintenance</title>"));
            case GARBAGE -> exchange.reply(HttpReply.json(200, "{\"status\":"));
            case HALF_EVENT -> exchange.drop(false);
            case SLOW -> {
                exchange.slowDown();
                return false;
            }
            default -> onStream(fault, exchange);
        }
        return true;
    }

    /** When the head of the answer has been sent. */
    void onStream(InjectedFault fault, Exchange exchange) {
        switch (fault.kind()) {
            case REFUSE -> {
                refuseConnections.run();
                exchange.drop(true);
            }
            case RESET -> exchange.drop(true);
            case STALL -> {
                // Nothing: that is the fault.
            }
            case SLOW -> exchange.slowDown();
            case ANSWER, HTML -> {
                faults.addFirst(fault);
                exchange.drop(false);
            }
            default -> exchange.drop(false);
        }
    }

    private static HttpReply answer(InjectedFault fault) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", "application/json");
        Duration delay = fault.retryAfter();
        if (delay != null) {
            headers.put("retry-after", String.valueOf(delay.toSeconds()));
        }
        String body = "{\"error\":{\"message\":\"injected\",\"status\":" + fault.status() + ",\"code\":\"Injected\"}}";
        return new HttpReply(fault.status(), headers, body.getBytes(StandardCharsets.UTF_8));
    }
}
