package com.jamsocket.internal.dev.api;

import com.jamsocket.internal.dev.http.HttpReply;
import com.jamsocket.internal.dev.http.HttpRequest;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what pages of other sites make a browser send: requests to a name that is not this server's (DNS rebinding),
 * and requests that change something and come from another origin (CSRF).
 */
final class SiteGuard {

    private static final Pattern AUTHORITY = Pattern.compile("(\\[[0-9a-fA-F:.%]+]|[^:\\[\\]/@\\s]+)(?::[0-9]{1,5})?");
    private static final Pattern ADDRESS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[.*]");
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

    private final Set<String> names;
    private final Set<String> origins;

    /**
     * Lets through what is for loopback names and addresses, and for others.
     *
     * @param names further names
     * @param urls the addresses of this server, as others see it
     */
    SiteGuard(Collection<String> names, List<URI> urls) {
        this.names = Stream.concat(
                        names.stream(), urls.stream().map(URI::getHost).filter(Objects::nonNull))
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        this.origins = urls.stream()
                .map(url -> (url.getScheme() + "://" + url.getRawAuthority()).toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The answer to a request by another name, or null. An address is no name that others could make point here. */
    @Nullable
    HttpReply refuseHost(HttpRequest request) {
        String host = request.header("host");
        if (host == null) {
            return null;
        }
        Matcher authority = AUTHORITY.matcher(host);
        if (!authority.matches()) {
            return HttpReply.text(400, "not a host: " + host);
        }
        String name = authority.group(1).toLowerCase(Locale.ROOT);
        boolean known = name.equals("localhost")
                || name.endsWith(".localhost")
                || ADDRESS.matcher(name).matches()
                || names.contains(name);
        return known
                ? null
                : HttpReply.text(
                        403,
                        "The host " + name + " is not known to this server: --allowed-host " + name + " allows it.");
    }

    /** The answer to a request that changes something and comes from another origin, or null. */
    @Nullable
    HttpReply refuseSite(HttpRequest request) {
        return SAFE.contains(request.method()) ? null : refuseOther(request);
    }

    /** The answer to a request that comes from another origin, whatever it is for, or null. */
    @Nullable
    HttpReply refuseOther(HttpRequest request) {
        return isOwn(request) ? null : HttpReply.text(403, "Pages of another origin may not change anything here.");
    }

    /** Whether it is from a page of this server, or from no page. */
    private boolean isOwn(HttpRequest request) {
        String origin = request.header("origin");
        String site = request.header("sec-fetch-site");
        return (site == null || OWN_SITE.contains(site)) && (origin == null || isOwn(origin, request.header("host")));
    }

    private boolean isOwn(String origin, @Nullable String host) {
        String lower = origin.toLowerCase(Locale.ROOT);
        return origins.contains(lower) || (host != null && lower.equals("http://" + host.toLowerCase(Locale.ROOT)));
    }
}
