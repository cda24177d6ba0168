/**
 * The client in a CDI container: injection of {@link com.jamsocket.Jamsocket} and events for its backends' states.
 *
 * <h2>Injection</h2>
 *
 * {@code @Inject Jamsocket} gives the application's client, {@code @Inject @JamsocketService("docs") Jamsocket} one of
 * several, set up by the settings {@code jamsocket.…} and {@code jamsocket.clients.docs.…}. Each is made when it is
 * first used, once for an application, and closed with the container; closing an injected client by hand does nothing.
 * Where there are managed executors, listeners and the continuations of non-blocking calls run on them, in the
 * application's naming context, not in the caller's: without its user, transaction or tracing. An application replaces
 * the client by a producer of its own, in a class that is an {@code @Alternative} with a {@code @Priority}; what that
 * produces is not followed.
 *
 * <h2>Events</h2>
 *
 * A backend that an injected client connected to is followed until its end, and each of its states is fired as a CDI
 * event, the variant of {@link com.jamsocket.BackendState} being the event type:
 *
 * <pre>{@code
 * void ready(@Observes BackendState.Ready state, EventMetadata metadata) {
 *     String id = Backend.Id.of(metadata);
 * }
 * void one(@Observes @Backend("b1") BackendState state) { … }
 * void slow(@ObservesAsync BackendState.Terminated state) { … }
 * }</pre>
 *
 * <ul>
 *   <li>Each status of a backend is fired once and in order, those from before {@code connect} included. Connecting
 *       again to the same backend, for instance by its key, fires nothing twice. Each client follows for itself: where
 *       two of them connect to the same backend, both fire.
 *   <li>Streams that the application opens by hand never fire. No stream is opened for a backend of which no observer
 *       could receive a state, nor with the setting {@code jamsocket.follow=false}
 *       ({@code jamsocket.clients.<name>.follow} for one named client).
 *   <li>Observers run on threads of the client (the container's managed executor where there is one), never on the
 *       thread that called {@code connect}, with an active request context, the application's class loader as context
 *       class loader and, where there are managed executors, its naming context. {@code @Observes} delays the next
 *       state of the same backend; {@code @ObservesAsync} does not, yet a state is handed to asynchronous observers
 *       only when they have all returned from the one before.
 *   <li>What an observer throws is logged and changes nothing for the states that follow. As CDI has it, an exception
 *       of an {@code @Observes} method keeps <em>this</em> state from the {@code @Observes} methods that were not
 *       called yet; {@code @ObservesAsync} methods do not affect each other.
 *   <li>If a stream fails for good, that is logged; the next {@code connect} that returns the backend takes it up where
 *       it stopped. A failure to follow never fails {@code connect}.
 *   <li>Nothing is fired any more once the container has begun to shut down.
 * </ul>
 */
@NullMarked
package com.jamsocket.cdi;

import org.jspecify.annotations.NullMarked;
