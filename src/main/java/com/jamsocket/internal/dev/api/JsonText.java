package com.jamsocket.internal.dev.api;

import com.jamsocket.internal.wire.Json;
import java.util.Map;

/** JSON text as values, for those who have no JSON. */
public final class JsonText {

    private JsonText() {}

    /** The members of an object. */
    public static Map<String, Object> map(String object) {
        return Json.toMap(Json.readObject(object));
    }
}
