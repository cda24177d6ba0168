package com.jamsocket.internal.dev.api;

import com.jamsocket.BackendStatus;
import com.jamsocket.internal.dev.cluster.Cluster;
import com.jamsocket.internal.dev.cluster.ClusterException;
import com.jamsocket.internal.dev.page.Dashboard;
import com.jamsocket.internal.wire.Json;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/** What the dashboard can do, in the terms of the API. */
final class PageControls implements Dashboard.Controls {

    private static final String ACCOUNT = "dashboard";

    private final Cluster cluster;
    private final ConnectionUrls urls;
    private final SpawnDefaults defaults;
    private final Faults faults;

    PageControls(Cluster cluster, ConnectionUrls urls, SpawnDefaults defaults, Faults faults) {
        this.cluster = cluster;
        this.urls = urls;
        this.defaults = defaults;
        this.faults = faults;
    }

    @Override
    public String connect(String service, Map<String, ?> request) {
        if (service.isBlank()) {
            throw new IllegalArgumentException("a service is needed");
        }
        byte[] body = Json.text(request).getBytes(StandardCharsets.UTF_8);
        try {
            return JamsocketForms.connectResponse(urls.response(
                    cluster.connect(JamsocketRequests.connect(body, ACCOUNT, service, defaults)), "v2/backend/"));
        } catch (ClusterException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    @Override
    public void inject(Map<String, ?> asked) {
        JsonObject fault = Json.fromMap(asked);
        InjectedFault.Kind kind = InjectedFault.Kind.valueOf(fault.getString("kind", ""));
        boolean drops = kind == InjectedFault.Kind.DROP_EVENT;
        int times = fault.getInt("times", 1);
        int status = fault.getInt("status", 200);
        if (times < 1 || status < 200 || status > 599) {
            throw new IllegalArgumentException("times are at least 1, and a status is from 200 to 599");
        }
        faults.add(new InjectedFault(
                kind,
                drops ? InjectedFault.Moment.HANDSHAKE : InjectedFault.Moment.valueOf(fault.getString("moment", "")),
                drops ? InjectedFault.Endpoint.STREAM : InjectedFault.Endpoint.valueOf(fault.getString("endpoint", "")),
                times,
                status,
                null,
                null,
                drops ? BackendStatus.of(fault.getString("event", "")) : null));
    }

    @Override
    public void clearFaults() {
        faults.clear();
    }

    /** A fault in words. */
    static String words(InjectedFault fault) {
        String kind =
                switch (fault.kind()) {
                    case ANSWER -> "answer " + fault.status();
                    case DROP_EVENT -> "the event " + fault.event() + " is left out";
                    default -> word(fault.kind().name());
                };
        String moment = fault.kind() == InjectedFault.Kind.DROP_EVENT
                ? ""
                : ", " + word(fault.moment().name());
        return kind + ", " + word(fault.endpoint().name()) + moment + ", "
                + (fault.times() == 1 ? "once" : fault.times() + " times")
                + (fault.backendId() == null ? "" : ", backend " + fault.backendId());
    }

    private static String word(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
