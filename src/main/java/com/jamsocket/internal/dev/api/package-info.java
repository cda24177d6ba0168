/**
 * The cluster over HTTP: the Jamsocket API, Plane's controller, the proxy to the backends, and faults in all of them.
 */
@NullMarked
package com.jamsocket.internal.dev.api;

import org.jspecify.annotations.NullMarked;
