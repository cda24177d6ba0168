package com.jamsocket.docs;

import com.jamsocket.Jamsocket;
import com.jamsocket.cdi.JamsocketService;
import jakarta.inject.Inject;

/** A bean with a second client. */
class Rooms {
    // snippet: named
    @Inject
    @JamsocketService("rooms")
    Jamsocket rooms;
    // end
}
