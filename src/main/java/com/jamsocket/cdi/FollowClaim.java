package com.jamsocket.cdi;

import java.time.Duration;

/**
 * Lets exactly one of several nodes tell of a backend. Without it every node that connects to a backend, or follows it,
 * fires its events. An application that has a bean of this type is asked for each backend before its stream is opened;
 * the nodes that do not hold the claim open none, fire nothing, and ask again every 5 seconds or so, so that another
 * one takes over when the holder is gone. A row of a database that all nodes share does for it; docs/events.md has one.
 *
 * <p>A claim is held for a lease of 30 seconds, which is renewed every 10 seconds. If it cannot be renewed in time, the
 * node stops its stream, and asks like the others. A node that stands still for longer than that, or whose observer is
 * running at that moment, may still tell something while another one has begun: what is promised is one node at a time,
 * and each event at least once, not that no event comes twice. The node that takes over tells the whole life of the
 * backend, as {@linkplain BackendEvent#history() history} as far as it is one.
 *
 * <p>The methods are called on threads for the application's code, in a request context, and never on that of whoever
 * has connected; for one backend one at a time, for all backends of a client four at once. They may block, and should
 * give up within a few seconds. What they throw is logged and counts as no answer: it is asked again.
 */
public interface FollowClaim {

    /** What is said to a node that asks. */
    enum Answer {
        /** This node holds the claim for the time of the lease. */
        GRANTED,
        /** Another node holds it: ask again. */
        TAKEN,
        /** The end of the backend was told. Nobody is to follow it any more. */
        ENDED
    }

    /**
     * Asks for the claim. A node that holds it already, because it was started again or could not renew, gets it.
     *
     * @param backend what this node knows of the backend
     * @param lease for how long from now
     */
    Answer claim(BackendInfo backend, Duration lease);

    /**
     * Prolongs the claim that this node holds.
     *
     * @return false if it does not hold it any more
     */
    boolean renew(BackendInfo backend, Duration lease);

    /**
     * Gives up the claim. Where this throws and the backend has ended, it is retried for ten minutes; else the lease
     * ends the claim.
     *
     * @param ended whether the backend is gone, which all observers on this node were told: answer {@link Answer#ENDED}
     *     from now on. Otherwise this node has left it or is being undeployed, and another may take over.
     */
    void release(BackendInfo backend, boolean ended);
}
