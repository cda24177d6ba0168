/**
 * The client, put together from the other rooms. {@link com.jamsocket.internal.client.ClientBuilder} is the entry
 * point; {@link com.jamsocket.internal.client.StatusStream} holds the rules of a status stream.
 */
@NullMarked
package com.jamsocket.internal.client;

import org.jspecify.annotations.NullMarked;
