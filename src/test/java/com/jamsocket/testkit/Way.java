package com.jamsocket.testkit;

import com.jamsocket.Jamsocket;

/** The ways of a request: by the platform's Jakarta REST client, and by the JDK's client. */
public enum Way {
    CALL {
        @Override
        public void go(Jamsocket client) {
            client.status("b1");
        }
    },
    CALL_WITHOUT_KEY {
        @Override
        public void go(Jamsocket client) {
            client.connect();
        }
    },
    /** Until it ends: the server of the test has no streams, and says so when it is asked for one. */
    STREAM {
        @Override
        public void go(Jamsocket client) {
            StatusRecorder heard = new StatusRecorder();
            heard.endOf(client.statusStream("b1", heard));
        }
    };

    public abstract void go(Jamsocket client);
}
