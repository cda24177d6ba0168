package com.jamsocket.internal.client;

import com.jamsocket.internal.http.HttpSettings;
import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationTargetException;
import java.net.http.HttpClient;
import java.util.concurrent.Executor;

/** The HTTP client that all streams of a client share: one thread waits for all of their sockets. */
final class StreamHttp {

    private StreamHttp() {}

    static HttpClient client(HttpSettings settings, Executor io) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connectTimeout())
                .executor(io);
        if (settings.sslContext() != null) {
            builder.sslContext(settings.sslContext());
        }
        return builder.build();
    }

    /**
     * Ends the client's selector thread, where the JDK has a way to (21 and later). On 17 the thread ends by itself a
     * few seconds after the client has become unreachable.
     */
    static void close(HttpClient client) {
        try {
            HttpClient.class.getMethod("shutdownNow").invoke(client);
        } catch (NoSuchMethodException e) {
            System.getLogger("com.jamsocket").log(Level.TRACE, "this JDK closes HTTP clients by itself");
        } catch (IllegalAccessException | InvocationTargetException e) {
            System.getLogger("com.jamsocket").log(Level.WARNING, "the HTTP client of the streams was not closed", e);
        }
    }
}
