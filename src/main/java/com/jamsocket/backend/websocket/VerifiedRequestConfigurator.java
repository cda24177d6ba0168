package com.jamsocket.backend.websocket;

import com.jamsocket.backend.VerifiedRequest;
import com.jamsocket.internal.backend.Admission;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.function.Predicate;

/**
 * Lets in handshakes that came through the platform's proxy, and keeps what the proxy said for the session:
 * {@link #of}. All others fail, in the server's way: with status 500, or without an answer. Where there are servlets,
 * put a {@code com.jamsocket.backend.servlet.VerifiedRequestFilter} before it, which answers them with 403.
 *
 * <p>Servers make configurators themselves, so extend it:
 *
 * <pre>{@code
 * public class ProxyOnly extends VerifiedRequestConfigurator {
 *     public ProxyOnly() {
 *         super(request -> request.hasSecret(Secrets.of(request)));
 *     }
 * }
 *
 * @ServerEndpoint(value = "/draw", configurator = ProxyOnly.class)
 * public class Drawing {}
 * }</pre>
 */
public class VerifiedRequestConfigurator extends ServerEndpointConfig.Configurator {

    private static final String PROPERTY = VerifiedRequest.class.getName();

    private final Admission admission;

    /**
     * A configurator that lets in what is trusted.
     *
     * @param trusted whether a handshake came through the proxy: that it {@linkplain VerifiedRequest#hasSecret has a
     *     secret} which the application was given by {@code connect} and has told this backend. Called by many threads
     */
    public VerifiedRequestConfigurator(Predicate<? super VerifiedRequest> trusted) {
        this.admission = new Admission(trusted);
    }

    /**
     * The handshake by which a session was opened.
     *
     * @throws IllegalStateException if its endpoint has another configurator
     */
    public static VerifiedRequest of(Session session) {
        if (session.getUserProperties().get(PROPERTY) instanceof VerifiedRequest verified) {
            return verified;
        }
        throw new IllegalStateException("the session's endpoint has no VerifiedRequestConfigurator");
    }

    @Override
    public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
        VerifiedRequest verified = admission.admit(() -> VerifiedRequest.of(request.getHeaders()));
        if (verified == null) {
            throw new SecurityException(Admission.REFUSAL);
        }
        config.getUserProperties().put(PROPERTY, verified);
    }
}
