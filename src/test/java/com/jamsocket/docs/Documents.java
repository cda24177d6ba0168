package com.jamsocket.docs;

import com.jamsocket.BackendState;
import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.Jamsocket;
import com.jamsocket.cdi.Backend;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.EventMetadata;
import jakarta.inject.Inject;

// snippet: injected
@ApplicationScoped
public class Documents {

    @Inject
    Jamsocket jamsocket;

    public ConnectResponse open(String document, String user) {
        return jamsocket.connect(
                ConnectRequest.builder().key(document).user(user).build());
    }

    void log(@Observes BackendState state, EventMetadata event) {
        System.out.println(Backend.Id.of(event) + " is " + state.statusName());
    }

    void celebrate(@Observes BackendState.Ready state) {
        System.out.println("somebody can start");
    }
}
// end
