package com.jamsocket.testkit;

import com.jamsocket.internal.wire.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.openqa.selenium.Capabilities;

/** The DevTools protocol of a whole Chromium, where Selenium has only that of a window. */
final class BrowserTools implements WebSocket.Listener {

    private final Map<Integer, CompletableFuture<JsonObject>> answers = new ConcurrentHashMap<>();
    private final AtomicInteger questions = new AtomicInteger();
    private final StringBuilder message = new StringBuilder();
    private final WebSocket socket;

    BrowserTools(Capabilities browser) {
        Map<?, ?> options = (Map<?, ?>) browser.getCapability("goog:chromeOptions");
        Http tools = new Http(URI.create("http://" + options.get("debuggerAddress")));
        String address = Http.json(tools.get("/json/version")).getString("webSocketDebuggerUrl");
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create(address), this)
                .join();
    }

    JsonObject ask(String method, JsonObjectBuilder parameters) {
        int id = questions.incrementAndGet();
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        answers.put(id, answer);
        String question = jakarta.json.Json.createObjectBuilder()
                .add("id", id)
                .add("method", method)
                .add("params", parameters)
                .build()
                .toString();
        socket.sendText(question, true).join();
        return answer.orTimeout(30, TimeUnit.SECONDS).join().getJsonObject("result");
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        message.append(data);
        if (last) {
            JsonObject answer = Json.readObject(message.toString());
            message.setLength(0);
            if (answer.containsKey("id")) {
                answers.remove(answer.getInt("id")).complete(answer);
            }
        }
        from.request(1);
        return null;
    }
}
