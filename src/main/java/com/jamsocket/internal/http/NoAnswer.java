package com.jamsocket.internal.http;

import com.jamsocket.JamsocketConnectionException;
import com.jamsocket.internal.wire.Call;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Says why there was no answer, and whether the request can have been sent. */
public final class NoAnswer {

    /** What happens before a connection stands, so that nothing was sent. */
    private static final List<Class<? extends Throwable>> BEFORE_SENDING = List.of(
            ConnectException.class,
            NoRouteToHostException.class,
            UnknownHostException.class,
            UnresolvedAddressException.class);

    private NoAnswer() {}

    /** The exception for a call that had no answer. */
    public static JamsocketConnectionException to(Call call, HttpSettings settings, Throwable failure) {
        boolean sent = causes(failure).noneMatch(NoAnswer::isBeforeSending);
        return new JamsocketConnectionException(reason(settings, failure, sent) + " (" + call + ")", failure, sent);
    }

    private static String reason(HttpSettings settings, Throwable failure, boolean sent) {
        if (!sent) {
            return "no connection to " + settings.server();
        }
        boolean timeout = causes(failure).anyMatch(NoAnswer::isTimeout);
        return timeout
                ? "no answer from " + settings.server() + " within " + settings.readTimeout()
                : "the connection to " + settings.server() + " broke before an answer";
    }

    private static boolean isBeforeSending(Throwable cause) {
        // java.net says several things with one type; only the text tells them apart.
        String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        boolean connectTimeout = cause instanceof SocketTimeoutException && text.contains("connect");
        // HttpURLConnection, when the server was back after a refused connection but the body had been given up: a
        // request of which less has come than its length is not carried out.
        boolean cut = cause instanceof IOException && text.equals("insufficient data written");
        return connectTimeout || cut || BEFORE_SENDING.stream().anyMatch(type -> type.isInstance(cause));
    }

    private static boolean isTimeout(Throwable cause) {
        return cause instanceof SocketTimeoutException || cause instanceof HttpTimeoutException;
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(20);
    }
}
