package com.jamsocket.internal.client;

import java.util.Objects;

/** The version of this library, from the manifest of its jar. */
final class Version {

    static final String CURRENT =
            Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(), "unknown");

    private Version() {}
}
