package com.jamsocket.internal.dev.api;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where a server is, as it sees itself and as others do. */
final class ServerAddresses {

    private static final String LOOPBACK = "127.0.0.1";
    private static final Set<String> ANY = Set.of("0.0.0.0", "::", "[::]");

    private final DevServerSettings settings;
    private final int port;
    private final int connectionPort;

    ServerAddresses(DevServerSettings settings, int port, int connectionPort) {
        this.settings = settings;
        this.port = port;
        this.connectionPort = connectionPort;
    }

    /** The address of the APIs on this machine. */
    URI here() {
        return URI.create("http://" + host() + ":" + port + "/");
    }

    private String host() {
        String host = settings.host;
        if (host.isEmpty() || ANY.contains(host)) {
            return LOOPBACK;
        }
        return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    }

    /** Whether only this machine can reach it. */
    boolean isLoopback() {
        try {
            return settings.host.isEmpty()
                    || Stream.of(InetAddress.getAllByName(settings.host)).allMatch(InetAddress::isLoopbackAddress);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("it listens on " + settings.host, e);
        }
    }

    ConnectionUrls handedOut() {
        URI api = settings.publicUrl == null ? here() : withSlash(settings.publicUrl);
        return new ConnectionUrls(api, backends(settings.publicUrl, settings.publicConnectionUrl));
    }

    private URI backends(@Nullable URI publicUrl, @Nullable URI publicConnectionUrl) {
        if (publicConnectionUrl != null) {
            return withSlash(publicConnectionUrl);
        }
        String origin = publicUrl == null ? "http://" + host() : publicUrl.getScheme() + "://" + publicUrl.getHost();
        return URI.create(origin + ":" + connectionPort + "/");
    }

    private static URI withSlash(URI url) {
        return url.toString().endsWith("/") ? url : URI.create(url + "/");
    }

    /** The names by which it may be called, beside those of loopback. */
    Set<String> names() {
        Set<String> names = new LinkedHashSet<>(settings.allowedHosts);
        if (!settings.host.isEmpty()) {
            names.add(settings.host);
        }
        if (settings.publicConnectionUrl != null) {
            names.add(settings.publicConnectionUrl.getHost());
        }
        return names;
    }
}
