package com.jamsocket.internal.client;

import com.jamsocket.ReconnectPolicy;
import java.time.Duration;

/**
 * How streams hold on.
 *
 * @param reconnect how they connect again
 * @param silenceLimit how long a connection with keepalives may be silent
 * @param statusCheckInterval how often a stream without keepalives compares itself with the status
 */
record StreamSettings(ReconnectPolicy reconnect, Duration silenceLimit, Duration statusCheckInterval) {}
