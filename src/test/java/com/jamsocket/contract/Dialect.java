package com.jamsocket.contract;

import com.jamsocket.Jamsocket;
import com.jamsocket.PlaneSettings;
import java.net.URI;

/** The kinds of servers that the contract is kept with. */
enum Dialect {
    JAMSOCKET {
        @Override
        Jamsocket.Builder client(URI server) {
            return Jamsocket.builder()
                    .apiUrl(server)
                    .account("acme")
                    .service("docs")
                    .token(TOKEN);
        }
    },
    PLANE {
        @Override
        Jamsocket.Builder client(URI server) {
            return Jamsocket.builder()
                    .plane(PlaneSettings.builder(server).image("docs").build())
                    .token(TOKEN);
        }
    };

    static final String TOKEN = "tok-123";

    /** A client of the server at this address. */
    abstract Jamsocket.Builder client(URI server);
}
