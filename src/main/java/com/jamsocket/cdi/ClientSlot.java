package com.jamsocket.cdi;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The place of one client. It is made by whoever asks first; others wait for it, and for no other client. */
final class ClientSlot {

    private final ReentrantLock making = new ReentrantLock();
    private volatile @Nullable OpenClient open;

    /**
     * The client; made now if there is none.
     *
     * @throws IllegalStateException if it is being made by this very thread
     */
    OpenClient get(Supplier<OpenClient> maker) {
        OpenClient made = open;
        if (made != null) {
            return made;
        }
        if (making.isHeldByCurrentThread()) {
            throw new IllegalStateException(
                    "this Jamsocket client is being made: an observer of its Jamsocket.Builder cannot use it");
        }
        making.lock();
        try {
            OpenClient before = open;
            if (before != null) {
                return before;
            }
            OpenClient now = maker.get();
            open = now;
            return now;
        } finally {
            making.unlock();
        }
    }

    /** The client, if it has been made. */
    @Nullable
    OpenClient peek() {
        return open;
    }
}
