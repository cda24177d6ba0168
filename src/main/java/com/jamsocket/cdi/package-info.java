/**
 * The client in a CDI container: injection of {@link com.jamsocket.Jamsocket} and events for its backends' states.
 *
 * <h2>Injection</h2>
 *
 * {@code @Inject Jamsocket} gives the application's client, {@code @Inject @JamsocketService("docs") Jamsocket} one of
 * several, set up by the settings {@code jamsocket.…} and {@code jamsocket.clients.docs.…}. Each is made when it is
 * first used, once for an application, and closed with the container; closing an injected client by hand does nothing.
 * Where there are managed executors, listeners and the continuations of non-blocking calls run on them, in the
 * application's naming context, not in the caller's: without its user, transaction or tracing. An observer of
 * {@link com.jamsocket.Jamsocket.Builder} sets a client up in code; settings are validated when the application starts,
 * which logs what is wrong, or fails with {@code jamsocket.fail-fast=true}. An application replaces the client by a
 * producer of its own, in a class that is an {@code @Alternative} with a {@code @Priority}; what that produces is
 * followed where the application says so, by {@link com.jamsocket.cdi.BackendFollower#over}.
 *
 * <h2>Events</h2>
 *
 * A backend that an injected client connected to is followed until its end, and each of its states is fired as a CDI
 * event, the variant of {@link com.jamsocket.BackendState} being the event type. After it comes a
 * {@link com.jamsocket.cdi.BackendEvent} with what is known of the backend, and after everything else one
 * {@link com.jamsocket.cdi.BackendEnd}. {@link com.jamsocket.cdi.BackendExpiring} comes ahead of a lifetime limit,
 * {@link com.jamsocket.cdi.BackendDraining} when the drone of a backend is drained.
 *
 * <pre>{@code
 * void ready(@Observes BackendState.Ready state) {}
 * void any(@Observes BackendEvent event) {
 *     log(event.backend().key(), event.state());
 * }
 * void rooms(@Observes @FromClient("rooms") BackendEnd end) {}
 * void slow(@ObservesAsync @Backend("b1") BackendState state) {}
 * }</pre>
 *
 * <ul>
 *   <li>Each status of a backend is fired once and in order, those from before {@code connect} included. Connecting
 *       again to the same backend, for instance by its key, fires nothing twice. Each client follows for itself: where
 *       two of them connect to the same backend, both fire.
 *   <li>Streams that the application opens by hand never fire. No stream is opened for a backend of which no observer
 *       could receive an event, nor with the setting {@code jamsocket.follow=false}
 *       ({@code jamsocket.clients.<name>.follow} for one named client); with {@code manual} only for those that the
 *       application hands to {@link com.jamsocket.cdi.BackendFollower}.
 *   <li>Observers run on threads of the client (the container's managed executor where there is one), never on the
 *       thread that called {@code connect}, with an active request context, the application's class loader as context
 *       class loader and, where there are managed executors, its naming context. {@code @Observes} delays the next
 *       event of the same backend; {@code @ObservesAsync} does not, yet an event is handed to asynchronous observers
 *       only when they have all returned from the one before.
 *   <li>What an observer throws is logged and changes nothing for the events that follow. As CDI has it, an exception
 *       of an {@code @Observes} method keeps <em>this</em> event from the {@code @Observes} methods that were not
 *       called yet; {@code @ObservesAsync} methods do not affect each other.
 *   <li>If a stream fails for good, that is logged and fired as an end; the next {@code connect} that returns the
 *       backend takes it up where it stopped. A failure to follow never fails {@code connect}.
 *   <li>Nothing is fired any more once the container has begun to shut down, no end either.
 * </ul>
 */
@NullMarked
package com.jamsocket.cdi;

import org.jspecify.annotations.NullMarked;
