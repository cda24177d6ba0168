package com.jamsocket.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.jamsocket.internal.HttpStatus;
import com.jamsocket.internal.Stages;
import java.net.Authenticator;
import java.net.Authenticator.RequestorType;
import java.net.InetSocketAddress;
import java.net.MalformedURLException;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Answers a proxy that asks for credentials with those of the JVM's {@link Authenticator}, by the scheme Basic and once
 * for each request, as {@code HttpURLConnection} does. An authenticator of the JDK's HTTP client would do more than
 * that: it fails on a 401 of a server and on a 407 which have no challenge, or one that it does not know.
 *
 * <p>Through a tunnel the JDK sends credentials by Basic only where {@code jdk.http.auth.tunneling.disabledSchemes}
 * allows it.
 */
final class ProxyCredentials {

    private static final String CREDENTIALS = "Proxy-Authorization";
    private static final Pattern BASIC =
            Pattern.compile("basic\\b(?:.*\\brealm=\"([^\"]*)\")?", Pattern.CASE_INSENSITIVE);

    private final ProxySelector proxies;
    private final Executor authenticators;

    /** What a proxy has been given, for the next request. */
    private final Map<InetSocketAddress, String> given = new ConcurrentHashMap<>();

    /**
     * Knows no credentials yet.
     *
     * @param authenticators runs the authenticator, which is the application's and may block
     */
    ProxyCredentials(ProxySelector proxies, Executor authenticators) {
        this.proxies = proxies;
        this.authenticators = authenticators;
    }

    /** Sends a request, and once more if a proxy asks for credentials that the authenticator has. */
    <T> CompletableFuture<HttpResponse<T>> send(
            HttpRequest request, Function<HttpRequest, CompletableFuture<HttpResponse<T>>> send) {
        InetSocketAddress proxy = Authenticator.getDefault() == null ? null : proxy(request.uri());
        if (proxy == null) {
            return send.apply(request);
        }
        String before = given.get(proxy);
        Sending<T> sending = new Sending<>();
        sending.follow(send.apply(with(before, request)), response -> {
            String realm = realm(response);
            if (realm == null) {
                sending.complete(response);
                return;
            }
            sending.follow(ask(proxy, realm, request.uri()), credentials -> {
                if (credentials.isEmpty() || credentials.equals(Optional.ofNullable(before))) {
                    sending.complete(response);
                } else {
                    given.put(proxy, credentials.get());
                    sending.follow(send.apply(with(credentials.get(), request)), sending::complete);
                }
            });
        });
        return sending;
    }

    private static HttpRequest with(@Nullable String credentials, HttpRequest request) {
        return credentials == null
                ? request
                : HttpRequest.newBuilder(request, (name, value) -> true)
                        .setHeader(CREDENTIALS, credentials)
                        .build();
    }

    private CompletableFuture<Optional<String>> ask(InetSocketAddress proxy, String realm, URI uri) {
        return CompletableFuture.supplyAsync(
                () -> {
                    PasswordAuthentication known = Authenticator.requestPasswordAuthentication(
                            proxy.getHostString(),
                            proxy.getAddress(),
                            proxy.getPort(),
                            "http",
                            realm,
                            "Basic",
                            url(uri),
                            RequestorType.PROXY);
                    return Optional.ofNullable(known).map(ProxyCredentials::basic);
                },
                authenticators);
    }

    private static @Nullable URL url(URI uri) {
        try {
            return uri.toURL();
        } catch (MalformedURLException e) {
            return null;
        }
    }

    private static String basic(PasswordAuthentication known) {
        String text = known.getUserName() + ':' + new String(known.getPassword());
        return "Basic " + Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    private @Nullable InetSocketAddress proxy(URI uri) {
        return proxies.select(uri).stream()
                .filter(proxy -> proxy.type() == Proxy.Type.HTTP)
                .map(proxy -> (InetSocketAddress) proxy.address())
                .findFirst()
                .orElse(null);
    }

    /** The realm of a proxy that asks for credentials by Basic; null if none does. */
    private static @Nullable String realm(HttpResponse<?> response) {
        if (response.statusCode() != HttpStatus.PROXY_AUTHENTICATION_REQUIRED) {
            return null;
        }
        return response.headers().allValues("Proxy-Authenticate").stream()
                .map(BASIC::matcher)
                .filter(Matcher::lookingAt)
                .map(challenge -> Objects.requireNonNullElse(challenge.group(1), ""))
                .findFirst()
                .orElse(null);
    }

    /** An answer that may take two requests, and a question between them. Cancelling it cancels what is under way. */
    private static final class Sending<T> extends CompletableFuture<HttpResponse<T>> {
        private volatile @Nullable Future<?> current;

        <V> void follow(CompletableFuture<V> step, Consumer<V> then) {
            current = step;
            if (isCancelled()) {
                step.cancel(true);
            }
            Stages.whenDone(step, (value, failure) -> {
                if (value == null) {
                    completeExceptionally(Objects.requireNonNull(failure));
                } else {
                    then.accept(value);
                }
            });
        }

        @Override
        public boolean cancel(boolean mayInterrupt) {
            boolean cancelled = super.cancel(mayInterrupt);
            Future<?> step = current;
            if (cancelled && step != null) {
                step.cancel(mayInterrupt);
            }
            return cancelled;
        }
    }
}
