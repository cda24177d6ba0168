/**
 * Whole lives of streams, waits and calls in simulated time, on one thread, from one seed: the client is the real one,
 * from its view for applications down to the body subscribers of the JDK's HTTP client, which {@link
 * com.jamsocket.simulation.SimulatedHttp} stands for. Begin with {@link com.jamsocket.simulation.Simulation}.
 */
@NullMarked
package com.jamsocket.simulation;

import org.jspecify.annotations.NullMarked;
