/**
 * Processes of the machine that run in backends: started without a shell, ended with all that they started, also after
 * the death of this JVM. Knows neither backends nor HTTP; {@link com.jamsocket.internal.dev.launch.BackendProcess} is
 * where to begin.
 */
@NullMarked
package com.jamsocket.internal.dev.launch;

import org.jspecify.annotations.NullMarked;
