package com.jamsocket.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which answers the filter takes for events. What reaches the browser is the contract of the status resource. */
class EventStreamFilterTest {

    @Test
    void headersAreSetOnEventsAlone() {
        assertThat(filtered("*/*", "text/event-stream")).contains("no");
        assertThat(filtered("*/*", "Text/Event-Stream;charset=utf-8")).contains("no");
        assertThat(filtered("text/event-stream", "application/problem+json")).isEmpty();
        assertThat(filtered("text/event-stream", "*/*")).isEmpty();
    }

    @Test
    void anAnswerWithoutATypeIsOfEventsIfTheRequestAsksForThem() {
        assertThat(filtered("text/event-stream", null)).contains("no");
        assertThat(filtered("text/html, text/event-stream;q=0.5", null)).contains("no");
        assertThat(filtered("*/*", null)).isEmpty();
        assertThat(filtered("text/*", null)).isEmpty();
    }

    @Test
    void whatTheApplicationSaysOfCachingGivesWay() {
        MultivaluedMap<String, Object> headers = filter("*/*", "text/event-stream");

        assertThat(headers.get("Cache-Control")).containsExactly("no-cache, no-transform");
    }

    private static Optional<Object> filtered(String accept, String type) {
        return Optional.ofNullable(filter(accept, type).getFirst("X-Accel-Buffering"));
    }

    private static MultivaluedMap<String, Object> filter(String accept, String type) {
        MultivaluedMap<String, Object> headers = new MultivaluedHashMap<>();
        headers.putSingle("Cache-Control", "public");
        List<MediaType> accepted =
                Stream.of(accept.split(", ", -1)).map(MediaType::valueOf).toList();
        MediaType answered = type == null ? null : MediaType.valueOf(type);
        new EventStreamFilter()
                .filter(
                        context(ContainerRequestContext.class, "getAcceptableMediaTypes", accepted),
                        context(ContainerResponseContext.class, "getMediaType", answered, "getHeaders", headers));
        return headers;
    }

    /** One that has these, by the names of their methods, and nothing else. */
    private static <T> T context(Class<T> type, Object... values) {
        List<Object> all = Arrays.asList(values);
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, none) -> {
            int name = all.indexOf(method.getName());
            assertThat(name).as(method.getName()).isNotNegative();
            return all.get(name + 1);
        }));
    }
}
