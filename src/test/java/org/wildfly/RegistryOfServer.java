package org.wildfly;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/** A registry that is known by its package for one of WildFly. */
public final class RegistryOfServer extends SimpleMeterRegistry {}
