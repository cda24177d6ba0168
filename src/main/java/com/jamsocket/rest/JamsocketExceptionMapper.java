package com.jamsocket.rest;

import com.jamsocket.JamsocketException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.lang.System.Logger.Level;

/**
 * Answers for a {@link JamsocketException} that a resource lets through, as {@code application/problem+json} with the
 * members {@code title}, {@code status} and {@code code}. It tells nothing of the server, and no secret.
 *
 * <table>
 * <caption>Answers</caption>
 * <tr><th>Exception<th>Status<th>{@code code}
 * <tr><td>{@code BackendNotFoundException}<td>404<td>{@code backend-not-found}
 * <tr><td>{@code BackendEndedException}<td>409<td>{@code backend-ended}
 * <tr><td>{@code KeyHeldException}<td>409<td>{@code key-held}
 * <tr><td>{@code KeyUnheldException}<td>409<td>{@code key-unheld}
 * <tr><td>{@code RateLimitedException}<td>429, with {@code Retry-After}<td>{@code rate-limited}
 * <tr><td>{@code JamsocketTimeoutException}<td>504<td>{@code backend-timeout}
 * <tr><td>{@code JamsocketConfigurationException}<td>500<td>{@code misconfigured}
 * <tr><td>any other that is retryable, or of an interrupted wait<td>503, with {@code Retry-After}
 *     <td>{@code unavailable}
 * <tr><td>any other<td>502<td>{@code bad-gateway}
 * </table>
 *
 * <p>The caller cannot mend the causes of 500 and 502, such as a token that is not taken, so these are logged.
 *
 * <p>It is not registered by itself. Register it, or extend it with a class that has {@code @Provider}.
 */
public class JamsocketExceptionMapper implements ExceptionMapper<JamsocketException> {

    private static final System.Logger LOG = System.getLogger("com.jamsocket");

    /** A mapper. */
    public JamsocketExceptionMapper() {}

    @Override
    public Response toResponse(JamsocketException failure) {
        Problem problem = Problem.of(failure);
        if (problem.needsAHand()) {
            LOG.log(
                    Level.ERROR,
                    "JAMSOCKET-501 A request was answered with an error, for backends cannot be used",
                    failure);
        }
        return problem.response(failure);
    }
}
