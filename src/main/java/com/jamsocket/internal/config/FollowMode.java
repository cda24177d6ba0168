package com.jamsocket.internal.config;

/** Which backends of an injected client are followed. */
public enum FollowMode {
    /** Those which it connects to, and those which the application names. */
    ALL,
    /** Those which the application names. */
    MANUAL,
    /** None. */
    NONE
}
