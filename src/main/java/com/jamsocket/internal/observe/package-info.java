/**
 * What a client shows of itself to those who operate it: events of the JDK's Flight Recorder. Nothing here is loaded
 * where that is absent.
 */
@NullMarked
package com.jamsocket.internal.observe;

import org.jspecify.annotations.NullMarked;
