/** A small HTTP/1.1 server on one thread: sockets, requests, replies, streams, timers. Knows nothing of backends. */
@NullMarked
package com.jamsocket.internal.dev.http;

import org.jspecify.annotations.NullMarked;
