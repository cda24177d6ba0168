package com.jamsocket.simulation;

import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** A subscriber to the publisher of a backend's states, with a demand of its own. */
final class Subscriber implements User, Flow.Subscriber<BackendState> {

    private final Scene scene;
    private final View view;
    private final Chronicle record;
    private final boolean throwing;
    private Flow.@Nullable Subscription subscription;
    private long demand;
    private boolean over;
    private boolean cancelled;
    private boolean clientClosed;

    Subscriber(Scene scene, View view) {
        this.scene = scene;
        this.view = view;
        this.record = new Chronicle(scene, view);
        this.throwing = scene.weather().brings(Fault.THROWING_LISTENER);
    }

    @Override
    public void begin() {
        scene.client().statusPublisher(view.id()).subscribe(this);
        if (scene.weather().brings(Fault.CLOSED_STREAM)) {
            scene.time().at(scene.chance().time(Duration.ofMillis(1), Duration.ofMinutes(4)), this::leave);
        }
    }

    private void leave() {
        if (!over && subscription != null) {
            subscription.cancel();
            cancelled = true;
            scene.tally().count(Transition.SUBSCRIBER_CANCELLED);
        }
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        scene.problems().require(subscription == null, view.id() + " was subscribed twice");
        subscription = given;
        ask();
    }

    private void ask() {
        long more =
                scene.chance().oneIn(3) ? Long.MAX_VALUE : 1 + scene.chance().below(3);
        demand = demand + more < 0 ? Long.MAX_VALUE : demand + more;
        Objects.requireNonNull(subscription).request(more);
    }

    @Override
    public void onNext(BackendState state) {
        scene.problems().require(!over, view.id() + " published " + state.statusName() + " after the end");
        scene.problems().require(!cancelled, view.id() + " published " + state.statusName() + " after a cancel");
        scene.problems().require(!clientClosed, view.id() + " published " + state.statusName() + " after a close");
        scene.problems().require(demand > 0, view.id() + " published " + state.statusName() + " unasked");
        demand--;
        record.add(state);
        if (throwing && scene.chance().oneIn(4)) {
            scene.weather().happened(Fault.THROWING_LISTENER);
            cancelled = true;
            throw new IllegalStateException("thrown");
        }
        if (demand == 0) {
            if (scene.chance().oneIn(2)) {
                ask();
            } else {
                scene.time().at(scene.chance().time(Duration.ofMillis(1), Duration.ofSeconds(30)), this::ask);
            }
        }
    }

    @Override
    public void onError(Throwable failure) {
        end(Transition.SUBSCRIBER_FAILED);
        boolean excused = clientClosed
                || view.wasRefusedForGood()
                || view.faults() > 0
                || view.saidUnknownAt() != null
                || scene.weather().faults() > 0;
        scene.problems().require(excused, view.id() + " failed: " + failure);
    }

    @Override
    public void onComplete() {
        end(Transition.SUBSCRIBER_COMPLETED);
        boolean ended =
                record.endsWith(BackendStatus.TERMINATED) || view.backend().forgottenAt() != null;
        scene.problems().require(ended, view.id() + " is complete with " + record);
    }

    private void end(Transition how) {
        scene.problems().require(!over, view.id() + " has two ends");
        scene.problems().require(!cancelled, view.id() + " was told an end after a cancel");
        over = true;
        scene.tally().count(how);
    }

    @Override
    public void clientClosed() {
        clientClosed = true;
    }

    @Override
    public boolean isDone() {
        return over || cancelled;
    }

    @Override
    public void judge() {}

    @Override
    public String toString() {
        return "subscriber " + (over ? "over " : "") + (cancelled ? "cancelled " : "") + record;
    }
}
