package com.example.operated.claims;

import com.jamsocket.cdi.BackendInfo;
import com.jamsocket.cdi.FollowClaim;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Grants each claim, but of a backend with the key {@code shared} only after another node seems to have had it. */
@ApplicationScoped
public class Claims implements FollowClaim {

    private final Map<String, List<String>> history = new ConcurrentHashMap<>();

    @Override
    public Answer claim(BackendInfo backend, Duration lease) {
        List<String> before = of(backend.backendId());
        Answer answer = "shared".equals(backend.key()) && before.isEmpty() ? Answer.TAKEN : Answer.GRANTED;
        before.add(answer.name());
        return answer;
    }

    @Override
    public boolean renew(BackendInfo backend, Duration lease) {
        return of(backend.backendId()).add("RENEWED");
    }

    @Override
    public void release(BackendInfo backend, boolean ended) {
        of(backend.backendId()).add(ended ? "ENDED" : "LEFT");
    }

    /** What has become of the claim on a backend, in order. */
    List<String> of(String backend) {
        return history.computeIfAbsent(backend, id -> new CopyOnWriteArrayList<>());
    }
}
