package com.jamsocket.internal.rest;

import com.jamsocket.BackendState;
import com.jamsocket.StatusListener;
import com.jamsocket.StreamEnd;
import com.jamsocket.internal.Stages;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The status stream of one backend, and the browsers that watch it. It remembers what was told; a backend has few
 * statuses, so that this is little. Browsers have no queues of their own, but a place in it.
 */
final class SharedStream implements StatusListener {

    private final String backendId;
    private final SharedStreams owner;
    private final Set<Browser> browsers = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Runnable> opened = new CompletableFuture<>();

    /** Written by one call of the listener at a time. */
    private volatile List<BackendState> history = List.of();

    private volatile boolean over;

    SharedStream(String backendId, SharedStreams owner) {
        this.backendId = backendId;
        this.owner = owner;
    }

    String backendId() {
        return backendId;
    }

    void add(Browser browser) {
        browsers.add(browser);
    }

    /** Whether that was the last one. */
    boolean remove(Browser browser) {
        return browsers.remove(browser) && browsers.isEmpty();
    }

    void leave(Browser browser) {
        owner.leave(this, browser);
    }

    void open(SharedStreams.Upstream upstream) {
        CompletableFuture<Runnable> opening;
        try {
            opening = upstream.open(backendId, this);
        } catch (IllegalStateException e) {
            end();
            return;
        }
        Stages.whenDone(opening, (close, failure) -> {
            if (failure != null) {
                end();
            } else if (!opened.complete(close)) {
                Objects.requireNonNull(close).run();
            }
        });
        Stages.cancelWhenDone(opened, opening);
    }

    /** Nobody watches any more. */
    void close() {
        if (!opened.cancel(false)) {
            opened.join().run();
        }
    }

    /** The state at this place of the history; null if there is none yet. */
    @Nullable
    BackendState state(int place) {
        List<BackendState> told = history;
        return place < told.size() ? told.get(place) : null;
    }

    /** Whether nothing more comes. To be asked before {@link #state}: what comes last comes before the end. */
    boolean isOver() {
        return over;
    }

    @Override
    public void onState(BackendState state) {
        List<BackendState> told = new ArrayList<>(history);
        told.add(state);
        history = told;
        browsers.forEach(Browser::wake);
    }

    @Override
    public void onEnd(StreamEnd how) {
        end();
    }

    private void end() {
        over = true;
        owner.ended(this);
        browsers.forEach(Browser::wake);
    }
}
