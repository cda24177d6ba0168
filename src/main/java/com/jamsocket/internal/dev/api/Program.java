package com.jamsocket.internal.dev.api;

import com.jamsocket.internal.dev.cluster.Launcher;
import org.jspecify.annotations.Nullable;

/**
 * What runs in the backends of a service: something that is launched, or an application in this JVM.
 *
 * @param launcher the launcher, or null
 * @param application the application, or null
 */
public record Program(@Nullable Launcher launcher, @Nullable BackendApplication application) {}
