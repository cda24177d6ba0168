package com.jamsocket.cdi;

import com.jamsocket.ClusterState;
import com.jamsocket.internal.Deadline;
import com.jamsocket.internal.Ticker;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the cluster while there are backends whose drone is known, and tells when one of these drones is lost or
 * being drained. A drone is lost if every look says so for as long as the limit: after an outage of the controller all
 * of them have been silent for a while.
 */
final class DroneWatch {

    /** How many looks there are within the limit. */
    private static final int LOOKS = 4;

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
    private static final double JITTER = 0.1;

    /** Plane itself gives no backends to a drone that has been silent for so long. */
    private static final Duration SILENCE = Duration.ofSeconds(45);

    private static final Logger LOG = System.getLogger("com.jamsocket.cdi");

    /** The backends that are followed. */
    interface Backends {

        /** The drones of those that this node tells of. */
        Set<String> drones();

        /** The cluster now; null if the client cannot know it. */
        @Nullable
        CompletionStage<ClusterState> look();

        /** The drone is being drained; told at each look. */
        void draining(String drone);

        /** The drone is lost; told at each look. */
        void lost(String drone);
    }

    private final Duration limit;
    private final Backends backends;
    private final Ticker ticker;

    /** Since when drones have been lost, by the looks at the cluster. */
    private final Map<String, Long> lostSince = new HashMap<>();

    private boolean looking;
    private boolean blind;

    /**
     * A watch.
     *
     * @param limit for how long a drone must be lost; without a positive one nothing is watched
     */
    DroneWatch(Duration limit, Backends backends, Ticker ticker) {
        this.limit = limit;
        this.backends = backends;
        this.ticker = ticker;
    }

    /** There may be another drone to watch. */
    synchronized void watch() {
        if (!looking
                && !blind
                && limit.compareTo(Duration.ZERO) > 0
                && !backends.drones().isEmpty()) {
            looking = true;
            later();
        }
    }

    private void later() {
        Duration pause = Deadline.min(limit.dividedBy(LOOKS), LONGEST_PAUSE);
        long jitter = (long) (pause.toNanos() * ticker.random().nextDouble(JITTER));
        try {
            var unused = ticker.after(pause.plusNanos(jitter), this::look);
        } catch (RejectedExecutionException e) {
            // The application is being undeployed.
            looking = false;
        }
    }

    private void look() {
        CompletionStage<ClusterState> look = null;
        synchronized (this) {
            if (backends.drones().isEmpty()) {
                looking = false;
                lostSince.clear();
                return;
            }
        }
        try {
            look = backends.look();
        } catch (IllegalStateException e) {
            // The client is closed.
            LOG.log(Level.DEBUG, "The cluster is not looked at any more", e);
            return;
        }
        if (look == null) {
            goBlind();
        } else {
            var unused = look.whenComplete(this::seen);
        }
    }

    private synchronized void goBlind() {
        blind = true;
        LOG.log(
                Level.WARNING,
                "JAMSOCKET-208 Drones cannot be watched, for it is not known in which cluster they are: set"
                        + " jamsocket.plane-cluster, or leave jamsocket.drone-lost-after out");
    }

    private void seen(@Nullable ClusterState cluster, @Nullable Throwable failure) {
        try {
            if (cluster == null) {
                LOG.log(Level.DEBUG, "The cluster could not be looked at", failure);
                forget();
            } else {
                Set<String> drones = backends.drones();
                forgetOthers(drones);
                drones.forEach(drone -> judge(drone, cluster.condition(drone, Deadline.min(limit, SILENCE))));
            }
        } finally {
            synchronized (this) {
                later();
            }
        }
    }

    /** What was seen before an outage says nothing: the drones need their time to come back after it. */
    private synchronized void forget() {
        lostSince.clear();
    }

    private synchronized void forgetOthers(Set<String> drones) {
        lostSince.keySet().retainAll(drones);
    }

    private void judge(String drone, ClusterState.DroneCondition condition) {
        switch (condition) {
            case LOST -> {
                if (hasBeenLost(drone)) {
                    backends.lost(drone);
                }
            }
            case DRAINING -> {
                seenAlive(drone);
                backends.draining(drone);
            }
            case IN_USE, UNKNOWN -> seenAlive(drone);
        }
    }

    private synchronized boolean hasBeenLost(String drone) {
        long now = ticker.nanoTime();
        Long before = lostSince.putIfAbsent(drone, now);
        return before != null && now - before >= limit.toNanos();
    }

    private synchronized void seenAlive(String drone) {
        lostSince.remove(drone);
    }
}
