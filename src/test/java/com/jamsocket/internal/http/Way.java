package com.jamsocket.internal.http;

import com.jamsocket.Jamsocket;
import com.jamsocket.testkit.StatusRecorder;

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
    /** Until it ends: the server of the test has no streams, and says so when it is asked for one. */
    STREAM {
        @Override
        void go(Jamsocket client) {
            StatusRecorder heard = new StatusRecorder();
            heard.endOf(client.statusStream("b1", heard));
        }
    };

    abstract void go(Jamsocket client);
}
