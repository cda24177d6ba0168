package com.jamsocket.internal.wire;

import com.jamsocket.ConnectResponse;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** {@link ConnectResponse} as JSON: reads both servers' shapes, writes that of the JavaScript types. */
public final class ConnectResponseMapping {

    private ConnectResponseMapping() {}

    /**
     * Reads a response; unknown fields are ignored.
     *
     * @throws com.jamsocket.JamsocketProtocolException if a field is missing or of the wrong type
     */
    public static ConnectResponse read(JsonObject json) {
        Boolean spawned = Json.bool(json, "spawned");
        if (spawned == null) {
            throw Json.notUnderstood("no \"spawned\"", json.toString());
        }
        Secrets.received(Json.text(json, "token"));
        Secrets.received(Json.text(json, "secret_token"));
        try {
            return ConnectResponse.builder()
                    .backendId(Json.requiredText(json, "backend_id"))
                    .spawned(spawned)
                    .statusName(Json.requiredText(json, "status"))
                    .token(Json.requiredText(json, "token"))
                    .url(address(json, "url"))
                    .secretToken(Json.text(json, "secret_token"))
                    .statusUrl(address(json, "status_url"))
                    .readyUrl(readyUrl(json))
                    .drone(Json.text(json, "drone"))
                    .subdomain(Json.text(json, "subdomain"))
                    .build();
        } catch (IllegalArgumentException e) {
            throw Json.notUnderstood(String.valueOf(e.getMessage()), json.toString());
        }
    }

    /** A development server has no page to wait on, and says so with an empty text. */
    private static @Nullable URI readyUrl(JsonObject json) {
        String readyUrl = Json.text(json, "ready_url");
        return readyUrl == null || readyUrl.isEmpty() ? null : address(json, "ready_url");
    }

    /**
     * Writes a response. A missing ready_url is written as empty text, as the JavaScript libraries expect it. They have
     * no drone and no subdomain, and pass over them: both are written where there are any, so that nothing is lost.
     */
    public static JsonObject write(ConnectResponse response) {
        URI readyUrl = response.readyUrl();
        JsonObjectBuilder json = Json.object()
                .add("backend_id", response.backendId())
                .add("spawned", response.spawned())
                .add("status", response.statusName())
                .add("token", response.token())
                .add("url", response.url().toString());
        StateMapping.addText(json, "secret_token", response.secretToken());
        json.add("status_url", response.statusUrl().toString())
                .add("ready_url", readyUrl == null ? "" : readyUrl.toString());
        StateMapping.addText(json, "drone", response.drone());
        StateMapping.addText(json, "subdomain", response.subdomain());
        return json.build();
    }

    private static URI address(JsonObject json, String name) {
        try {
            return new URI(Json.requiredText(json, name));
        } catch (URISyntaxException e) {
            throw Json.notUnderstood("\"" + name + "\" is no URL", json.toString());
        }
    }
}
