package com.jamsocket.internal.dev.time;

/**
 * One request for a stream, as both sides know it: what the server has sent of it, and what the client has read. It is
 * settled while the client has all that was sent, or the server holds back its answer, as by a fault.
 */
public final class Stream {

    private final Activity activity;
    private final String what;
    private boolean arrived;
    private boolean handled;
    private boolean begun;
    private boolean ended;
    private long sent;
    private boolean answered;
    private boolean told;
    private boolean over;
    private long read;

    Stream(Activity activity, String what) {
        this.activity = activity;
        this.what = what;
    }

    /** The server has the request; it may come again, on another connection. */
    public void arrived() {
        change(() -> {
            arrived = true;
            handled = false;
            begun = false;
            ended = false;
            sent = 0;
        });
    }

    /** The server has done what it does about the request by itself: without an answer by now it holds it back. */
    public void handled() {
        change(() -> handled = true);
    }

    /** The server begins its answer. */
    public void begun() {
        change(() -> begun = true);
    }

    /** The server sends so many bytes of it. */
    public void sends(int bytes) {
        change(() -> sent += bytes);
    }

    /** The server sends nothing more: the answer is whole, or the connection was ended. */
    public void ended() {
        change(() -> ended = true);
    }

    /** The client has the head of the answer. */
    void answered() {
        change(() -> answered = true);
    }

    /** The client has read so many bytes more, and done what follows from them. */
    void read(int bytes) {
        change(() -> read += bytes);
    }

    /** Whoever sent the request has been told the answer, or that there is none. */
    void told(boolean failed) {
        change(() -> {
            told = true;
            over |= failed;
        });
    }

    /** The client expects nothing more. */
    void over() {
        change(() -> over = true);
    }

    private void change(Runnable change) {
        synchronized (activity) {
            change.run();
            activity.changed(this);
        }
    }

    boolean isOver() {
        return over;
    }

    boolean isSettled() {
        if (over) {
            return true;
        }
        if (!handled || ended) {
            // It may be about to send more, and the client must hear of the end.
            return false;
        }
        return !begun || (answered && read == sent);
    }

    @Override
    public String toString() {
        return what + ": "
                + (!arrived
                        ? "the server has not got the request"
                        : "the server has sent " + sent + " bytes" + (ended ? " and ended it" : "")
                                + ", the client has read " + read + (told || answered ? "" : ", and has no answer"));
    }
}
