package com.jamsocket.internal.http;

import com.jamsocket.JamsocketConnectionException;
import com.jamsocket.internal.wire.Call;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.client.WebTarget;
import jakarta.ws.rs.core.Configurable;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Makes calls and waits for their answers. Bodies cross the Jakarta REST client as bytes: its JSON provider is the
 * platform's, and each platform's has its own ways. Safe for use by many threads.
 */
public final class RestCaller implements AutoCloseable {

    /** The most that an answer may hold. */
    public static final int MAX_BODY = 1024 * 1024;

    private final HttpSettings settings;
    private final Client client;
    private final WebTarget base;
    private final WebTarget onceOnly;
    private final boolean lengthIsNeeded;

    /**
     * Makes the client; nothing is sent yet.
     *
     * @param preparation what else the client needs, after the application's components
     */
    public RestCaller(HttpSettings settings, Consumer<Configurable<?>> preparation) {
        this.settings = settings;
        ClientBuilder builder = ClientBuilder.newBuilder()
                .connectTimeout(settings.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .readTimeout(settings.readTimeout().toMillis(), TimeUnit.MILLISECONDS)
                // Jersey would follow, and take the headers along.
                .property("jersey.config.client.followRedirects", false);
        if (settings.sslContext() != null) {
            builder.sslContext(settings.sslContext());
        }
        this.client = builder.build();
        client.register(new FixedHeaders(settings.headers()));
        settings.components().forEach(this::register);
        preparation.accept(client);
        this.base = client.target(settings.base());
        this.lengthIsNeeded = client.getClass().getName().startsWith("org.glassfish.jersey.");
        // HttpURLConnection, on which Jersey builds, sends a POST again by itself when a connection breaks before the
        // answer, unless its length was fixed from the start.
        this.onceOnly = client.target(settings.base())
                .property("jersey.config.client.httpUrlConnector.useFixedLengthStreaming", true);
        if (lengthIsNeeded) {
            onceOnly.register(new LengthToFix());
        }
    }

    private void register(Object component) {
        if (component instanceof Class<?> type) {
            client.register(type);
        } else {
            client.register(component);
        }
    }

    /** Where a call goes, with all that the application put into this client, for a stream to open through. */
    public WebTarget target(Call call) {
        return base.path(call.path());
    }

    /**
     * Makes the call and waits for the answer.
     *
     * @return the body of an answer with a status of 2xx
     * @throws com.jamsocket.JamsocketApiException for any other status
     * @throws JamsocketConnectionException if there is no answer
     * @throws com.jamsocket.JamsocketProtocolException if the answer is over 1 MiB
     */
    public byte[] call(Call call) {
        WebTarget target = (call.repeatable() ? base : onceOnly).path(call.path());
        Invocation.Builder request = target.request(MediaType.APPLICATION_JSON_TYPE, MediaType.WILDCARD_TYPE);
        if (!call.repeatable() && lengthIsNeeded) {
            request.header(HttpHeaders.CONTENT_LENGTH, bytes(call).length);
        }
        settings.authorization(call).ifPresent(value -> request.header(HttpHeaders.AUTHORIZATION, value));
        try (Response response = send(call, request)) {
            Answer answer = Answer.read(response);
            return answer.bodyOrThrow(call);
        } catch (ProcessingException | IOException e) {
            throw NoAnswer.to(call, settings, e);
        } catch (IllegalStateException e) {
            throw closed(e);
        }
    }

    private static Response send(Call call, Invocation.Builder request) {
        return call.body() == null
                ? request.method(call.method())
                : request.method(call.method(), Entity.entity(bytes(call), MediaType.APPLICATION_JSON_TYPE));
    }

    private static byte[] bytes(Call call) {
        return Objects.requireNonNullElse(call.body(), "").getBytes(StandardCharsets.UTF_8);
    }

    /** Some clients say that they are closed only when they are used. */
    private static IllegalStateException closed(IllegalStateException cause) {
        return new IllegalStateException("the Jamsocket client is closed", cause);
    }

    @Override
    public void close() {
        client.close();
    }
}
