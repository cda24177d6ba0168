package com.jamsocket.docs;

// snippet: named
import com.jamsocket.Jamsocket;
import com.jamsocket.cdi.JamsocketService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

@ApplicationScoped
public class Rooms {

    @Inject
    @JamsocketService("rooms")
    Jamsocket rooms;
}
// end
