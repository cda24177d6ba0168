package com.jamsocket.internal.dev.page;

import com.jamsocket.BackendState;
import com.jamsocket.internal.dev.cluster.Backend;
import com.jamsocket.internal.dev.cluster.ConnectSpec;
import com.jamsocket.internal.dev.cluster.LogRing;
import com.jamsocket.internal.dev.cluster.Token;
import com.jamsocket.internal.dev.http.HandledRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the page is told, as values of JSON. */
final class BackendView {

    private BackendView() {}

    static Map<String, Object> backend(Backend backend, String connectionUrl) {
        ConnectSpec spec = backend.spec();
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", backend.id());
        // Plane's namespaces are marked so that no other can be like them.
        view.put(
                "namespace",
                spec.namespace().startsWith("//") ? spec.namespace().substring(2) : spec.namespace());
        view.put("service", spec.service());
        put(view, "key", spec.key());
        put(view, "user", spec.user());
        put(view, "tag", spec.options().tag());
        view.put("auth", spec.auth());
        view.put("env", List.copyOf(spec.options().env().keySet()));
        put(view, "maxIdle", seconds(spec.maxIdle()));
        put(view, "lifetime", seconds(spec.lifetimeLimit()));
        put(view, "exitCode", backend.exitCode());
        Token token = backend.newestToken();
        put(view, "url", token == null ? null : connectionUrl + token.text() + "/");
        view.put("restarts", backend.restarts());
        view.put("open", backend.openRequests());
        view.put("idleSince", backend.idleSince().toEpochMilli());
        view.put("states", backend.history().stream().map(BackendView::state).toList());
        return view;
    }

    private static void put(Map<String, Object> view, String name, @Nullable Object value) {
        if (value != null) {
            view.put(name, value);
        }
    }

    private static @Nullable Long seconds(@Nullable Duration time) {
        return time == null ? null : time.toSeconds();
    }

    private static Map<String, Object> state(BackendState state) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("status", state.statusName());
        view.put("time", state.time().toEpochMilli());
        if (state instanceof BackendState.Terminating ending) {
            put(view, "reason", ending.reasonName());
        } else if (state instanceof BackendState.HardTerminating ending) {
            put(view, "reason", ending.reasonName());
        } else if (state instanceof BackendState.Terminated ended) {
            put(view, "reason", ended.reasonName());
            put(view, "error", ended.exitError());
        }
        return view;
    }

    static Map<String, Object> line(String id, LogRing.Line line) {
        return Map.of("id", id, "number", line.number(), "time", line.time().toEpochMilli(), "text", line.text());
    }

    static Map<String, Object> request(HandledRequest handled) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("time", handled.time().toEpochMilli());
        view.put("method", handled.request().method());
        view.put("path", withoutToken(handled.request().path()));
        view.put("status", handled.status());
        put(view, "refusal", handled.refusal());
        return view;
    }

    private static String withoutToken(String path) {
        int end = path.indexOf('/', 1);
        int length = (end < 0 ? path.length() : end) - 1;
        return length < Token.MIN_LENGTH ? path : path.substring(0, 7) + "…" + path.substring(length + 1);
    }
}
