package com.jamsocket.internal.http;

import com.jamsocket.Jamsocket;

/** The ways of a request: by the platform's Jakarta REST client, and by the JDK's client. */
enum Way {
    CALL {
        @Override
        void go(Jamsocket client) {
            client.status("b1");
        }
    },
    CALL_WITHOUT_KEY {
        @Override
        void go(Jamsocket client) {
            client.connect();
        }
    },
    STREAM {
        @Override
        void go(Jamsocket client) {
            client.statusStream("b1", state -> {}).close();
        }
    };

    abstract void go(Jamsocket client);
}
