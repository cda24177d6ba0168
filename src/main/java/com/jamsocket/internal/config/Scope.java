package com.jamsocket.internal.config;

/** Where a setting applies: with which servers, or to injected clients alone. */
enum Scope {
    API("API"),
    DEV_SERVER("development server"),
    EMBEDDED("embedded server"),
    PLANE("Plane"),
    INJECTED("injected clients");

    private final String words;

    Scope(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
