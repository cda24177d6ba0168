package com.jamsocket.docs;

import java.util.Map;

/** The backends that an application knows of, in its database. */
public interface RoomTable {

    /** Adds a backend, or does nothing if it is there. */
    void add(String backendId, String room);

    /** Removes a backend, or does nothing if it is not there. */
    void remove(String backendId);

    /** The rooms by the ids of their backends. */
    Map<String, String> open();
}
