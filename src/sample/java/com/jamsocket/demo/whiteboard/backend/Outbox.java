package com.jamsocket.demo.whiteboard.backend;

import jakarta.websocket.CloseReason;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Messages to one page, one after the other. Nobody waits for a slow page; one that is too slow is sent away. */
final class Outbox {

    private static final int MOST = 1_000;

    private final Queue<String> waiting = new ArrayDeque<>();
    private @Nullable Session session;
    private boolean sending;

    synchronized void open(Session opened) {
        session = opened;
    }

    void send(String message) {
        synchronized (this) {
            waiting.add(message);
            if (waiting.size() > MOST) {
                waiting.clear();
                close(new CloseReason(CloseReason.CloseCodes.TRY_AGAIN_LATER, "too slow"));
            }
            if (sending) {
                return;
            }
            sending = true;
        }
        sendNext();
    }

    private void sendNext() {
        String next;
        RemoteEndpoint.Async page;
        synchronized (this) {
            next = waiting.poll();
            sending = next != null && session != null && session.isOpen();
            if (!sending || session == null) {
                return;
            }
            page = session.getAsyncRemote();
        }
        page.sendText(next, sent -> sendNext());
    }

    void close(CloseReason reason) {
        Session open;
        synchronized (this) {
            open = session;
        }
        try {
            if (open != null) {
                open.close(reason);
            }
        } catch (IOException e) {
            // It was closed already.
        }
    }
}
