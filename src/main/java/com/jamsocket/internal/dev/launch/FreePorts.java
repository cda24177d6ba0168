package com.jamsocket.internal.dev.launch;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;

/** Ports for processes that will listen on them, none for two at a time. */
final class FreePorts {

    private static final Set<Integer> TAKEN = new HashSet<>();

    private FreePorts() {}

    /** A port on which nobody listens now. */
    static int take() throws IOException {
        synchronized (TAKEN) {
            while (true) {
                try (ServerSocket socket = new ServerSocket(0)) {
                    if (TAKEN.add(socket.getLocalPort())) {
                        return socket.getLocalPort();
                    }
                }
            }
        }
    }

    static void giveBack(int port) {
        synchronized (TAKEN) {
            TAKEN.remove(port);
        }
    }
}
