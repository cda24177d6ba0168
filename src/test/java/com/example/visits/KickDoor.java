package com.example.visits;

import com.jamsocket.backend.servlet.KickFilter;
import jakarta.servlet.annotation.WebFilter;

/** Where the application sends its kicks. */
@WebFilter(urlPatterns = "/kick", asyncSupported = true)
public class KickDoor extends KickFilter {
    public KickDoor() {
        super(Guests.KICKS);
    }
}
