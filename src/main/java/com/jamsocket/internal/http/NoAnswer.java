package com.jamsocket.internal.http;

import com.jamsocket.JamsocketConnectionException;
import com.jamsocket.JamsocketException;
import com.jamsocket.ProxyTunnelException;
import com.jamsocket.internal.Causes;
import com.jamsocket.internal.HttpStatus;
import com.jamsocket.internal.sse.MalformedRequestException;
import com.jamsocket.internal.sse.TunnelRefusedException;
import com.jamsocket.internal.wire.Call;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says why there was no answer, and whether the request can have been sent. */
public final class NoAnswer {

    /** What happens before a connection stands, so that nothing was sent. */
    private static final List<Class<? extends Throwable>> BEFORE_SENDING = List.of(
            ConnectException.class,
            HttpConnectTimeoutException.class,
            NoRouteToHostException.class,
            UnknownHostException.class,
            UnresolvedAddressException.class);

    /** HttpURLConnection and Apache's client tell the status of a refused tunnel in the text alone. */
    private static final Pattern TUNNEL = Pattern.compile(
            "(?:unable to tunnel through proxy|connect refused by proxy)(?:[^0-9]*(?:http/1\\.[01] )?([0-9]{3}))?");

    private NoAnswer() {}

    /** The exception for a call that had no answer. */
    public static JamsocketConnectionException to(Call call, HttpSettings settings, Throwable failure) {
        MalformedRequestException malformed = first(MalformedRequestException.class, failure);
        if (malformed != null) {
            return new JamsocketConnectionException(malformed.getMessage() + " (" + call + ")", malformed, false);
        }
        Integer tunnel = refusedTunnel(failure);
        if (tunnel != null) {
            return noTunnel("no connection to " + settings.server() + ": ", call, tunnel, failure);
        }
        TlsFailure tls = TlsFailure.in(failure);
        if (tls != null) {
            return tls.exception(settings.server(), call, failure);
        }
        boolean sent = !isBeforeSending(failure);
        return new JamsocketConnectionException(reason(settings, failure, sent) + " (" + call + ")", failure, sent);
    }

    /**
     * The exception for a proxy that opened no tunnel.
     *
     * @param beginning the message up to there
     * @param status what it answered; 0 if that is not known
     */
    public static ProxyTunnelException noTunnel(String beginning, Call call, int status, Throwable failure) {
        return new ProxyTunnelException(
                beginning + "the proxy refused the tunnel (CONNECT)"
                        + (status == 0 ? "" : " with " + status)
                        + (status == HttpStatus.PROXY_AUTHENTICATION_REQUIRED
                                ? "; it asks for credentials, which the JVM's Authenticator has to"
                                        + " know, and by Basic are sent only with"
                                        + " -Djdk.http.auth.tunneling.disabledSchemes="
                                : "")
                        + " (" + call + ")",
                status,
                failure);
    }

    /** Whether no connection was made, so that nothing was sent. */
    public static boolean isBeforeSending(Throwable failure) {
        return Causes.of(failure).anyMatch(NoAnswer::hasNoConnection);
    }

    /** What was ours to say before the request was sent; null if it is a failure of the HTTP client. */
    static @Nullable JamsocketException ours(Throwable failure) {
        return first(JamsocketException.class, failure);
    }

    private static <T extends Throwable> @Nullable T first(Class<T> type, Throwable failure) {
        return Causes.of(failure)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Integer refusedTunnel(Throwable failure) {
        TunnelRefusedException known = TunnelRefusedException.in(null, failure);
        return known != null
                ? Integer.valueOf(known.statusCode())
                : Causes.of(failure)
                        .map(cause -> statusOfTunnel(text(cause)))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
    }

    private static @Nullable Integer statusOfTunnel(String text) {
        Matcher matcher = TUNNEL.matcher(text);
        if (!matcher.lookingAt()) {
            return null;
        }
        return matcher.group(1) == null ? Integer.valueOf(0) : Integer.valueOf(matcher.group(1));
    }

    private static String reason(HttpSettings settings, Throwable failure, boolean sent) {
        if (!sent) {
            return "no connection to " + settings.server();
        }
        boolean timeout = Causes.of(failure).anyMatch(NoAnswer::isTimeout);
        return timeout
                ? "no answer from " + settings.server() + " within " + settings.readTimeout()
                : "the connection to " + settings.server() + " broke before an answer";
    }

    private static boolean hasNoConnection(Throwable cause) {
        // java.net says several things with one type; only the text tells them apart.
        boolean connectTimeout =
                cause instanceof SocketTimeoutException && text(cause).contains("connect");
        return connectTimeout || BEFORE_SENDING.stream().anyMatch(type -> type.isInstance(cause));
    }

    private static boolean isTimeout(Throwable cause) {
        return cause instanceof SocketTimeoutException || cause instanceof HttpTimeoutException;
    }

    private static String text(Throwable cause) {
        return String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    }
}
