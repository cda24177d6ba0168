package com.jamsocket.cdi;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The place of one client. It is made by whoever asks first; others wait for it, and for no other client. */
final class ClientSlot {

    private final Making makings;
    private final ReentrantLock making = new ReentrantLock();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile @Nullable OpenClient open;
    private volatile boolean closing;

    /** A place among others, whose making may need one another. */
    ClientSlot(Making makings) {
        this.makings = makings;
    }

    /**
     * The client; made now if there is none.
     *
     * @throws IllegalStateException if it is being made by this very thread, or by one that waits for what this makes
     */
    OpenClient get(Supplier<OpenClient> maker) {
        OpenClient made = open;
        if (made != null) {
            return made;
        }
        makings.await(this);
        making.lock();
        try {
            makings.begin(this);
            OpenClient before = open;
            if (before != null) {
                return before;
            }
            OpenClient now = maker.get();
            open = now;
            closeIfAsked();
            return now;
        } finally {
            makings.end(this);
            making.unlock();
        }
    }

    /** Closes the client; one that is being made, when it is made. */
    void close() {
        closing = true;
        closeIfAsked();
    }

    /** Called after each write that it reads, so that whichever of two threads comes second sees both writes. */
    private void closeIfAsked() {
        OpenClient made = open;
        if (closing && made != null && closed.compareAndSet(false, true)) {
            made.close();
        }
    }

    /** The client, if it has been made. */
    @Nullable
    OpenClient peek() {
        return open;
    }

    /**
     * Which threads make, or wait for, which clients: observers of two builders that use each other's client would wait
     * for one another for ever.
     */
    static final class Making {

        private final Map<ClientSlot, Thread> makers = new HashMap<>();
        private final Map<Thread, ClientSlot> waiting = new HashMap<>();

        private synchronized void await(ClientSlot slot) {
            Thread current = Thread.currentThread();
            ClientSlot next = slot;
            Thread maker = makers.get(next);
            while (maker != null && !maker.equals(current)) {
                next = waiting.get(maker);
                maker = next == null ? null : makers.get(next);
            }
            if (maker != null) {
                throw new IllegalStateException(
                        "this Jamsocket client is being made: an observer of its Jamsocket.Builder cannot use it, nor"
                                + " another client whose observer uses it");
            }
            waiting.put(current, slot);
        }

        private synchronized void begin(ClientSlot slot) {
            waiting.remove(Thread.currentThread());
            makers.put(slot, Thread.currentThread());
        }

        private synchronized void end(ClientSlot slot) {
            makers.remove(slot);
        }
    }
}
