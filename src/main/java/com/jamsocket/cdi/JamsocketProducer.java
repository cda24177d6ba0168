package com.jamsocket.cdi;

import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketConfigurationException;
import com.jamsocket.PlaneControl;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.enterprise.inject.spi.InjectionPoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Produces what applications inject. The methods are static: at shutdown the disposer must not depend on a bean that
 * may be gone already.
 */
@Dependent
class JamsocketProducer {

    /** The application's client. Typed, so that {@code Instance<AutoCloseable>} of an application stays its own. */
    @Produces
    @ApplicationScoped
    @Typed(Jamsocket.class)
    static Jamsocket defaultClient(Clients clients) {
        return clients.view(Clients.DEFAULT);
    }

    static void close(@Disposes Jamsocket client) {
        ((InjectedJamsocket) client).release();
    }

    /** The control of the Plane cluster: made when it is first used, and shared by the application. */
    @Produces
    @ApplicationScoped
    @Typed(PlaneControl.class)
    static PlaneControl planeControl(Clients clients) {
        return clients.planeControl();
    }

    static void close(@Disposes PlaneControl control) {
        control.close();
    }

    /** A named client. Its name stands at the injection point, which is null for references made without one. */
    @Produces
    @Dependent
    @Typed(Jamsocket.class)
    @JamsocketService("")
    static Jamsocket namedClient(@Nullable InjectionPoint point, Clients clients) {
        return clients.view(nameAt(point));
    }

    /** What follows the backends of the application's client. */
    @Produces
    @ApplicationScoped
    @Typed(BackendFollower.class)
    static BackendFollower defaultFollower(Clients clients) {
        return clients.follower(Clients.DEFAULT);
    }

    /** What follows those of a named client. */
    @Produces
    @Dependent
    @Typed(BackendFollower.class)
    @JamsocketService("")
    static BackendFollower namedFollower(@Nullable InjectionPoint point, Clients clients) {
        return clients.follower(nameAt(point));
    }

    private static String nameAt(@Nullable InjectionPoint point) {
        if (point != null) {
            for (var qualifier : point.getQualifiers()) {
                if (qualifier instanceof JamsocketService service
                        && !service.value().isBlank()) {
                    return service.value();
                }
            }
        }
        throw new JamsocketConfigurationException(List.of(
                "a named client was asked for without a name: inject it with @JamsocketService(\"name\"), or look it up"
                        + " with JamsocketService.Literal.of(\"name\")"));
    }
}
