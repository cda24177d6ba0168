package com.jamsocket.observe;

import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketException;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * A readiness check for MicroProfile Health: up while the server of a client answers {@link Jamsocket#ping()}, which
 * takes 2 seconds at most. It is no bean; an application that wants it has one:
 *
 * <pre>{@code
 * @Readiness
 * @ApplicationScoped
 * public class ServerReadiness extends JamsocketReadiness {
 *
 *     @Inject
 *     Jamsocket jamsocket;
 *
 *     @Override
 *     protected Jamsocket client() {
 *         return jamsocket;
 *     }
 * }
 * }</pre>
 */
public abstract class JamsocketReadiness implements HealthCheck {

    /** For subclasses. */
    protected JamsocketReadiness() {}

    /** The client that is asked; called for each check. */
    protected abstract Jamsocket client();

    /** The name of the check. Default "jamsocket". */
    protected String name() {
        return "jamsocket";
    }

    /**
     * Pings the server. Down has the simple name of the exception as {@code error}, and no message: health is shown to
     * many. Up has the time that the answer took as {@code milliseconds}.
     */
    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named(name());
        try {
            Duration time = client().ping();
            return response.up().withData("milliseconds", time.toMillis()).build();
        } catch (JamsocketException | IllegalStateException e) {
            return response.down()
                    .withData("error", e.getClass().getSimpleName())
                    .build();
        }
    }
}
