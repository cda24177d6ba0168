package com.jamsocket.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives each test method a development server and a client of it: to its parameters and those of {@code @BeforeEach}
 * and {@code @AfterEach} methods, and to fields of the test class, of the types {@link
 * com.jamsocket.dev.JamsocketDevServer}, {@link com.jamsocket.Jamsocket} and {@link com.jamsocket.dev.VirtualTime}.
 * Fields that are static, final or annotated with {@code @Inject} are left alone.
 *
 * <pre>{@code
 * @JamsocketTest
 * class RoomTest {
 *     @Test
 *     void aRoomWhereNobodyIsEnds(JamsocketDevServer server, Jamsocket jamsocket) {
 *         String id = jamsocket.connect().backendId();
 *         server.time().advance(Duration.ofHours(1));
 *         assertThat(server.backend(id)).hasEndedBecause(TerminationReason.SWEPT);
 *     }
 * }
 * }</pre>
 *
 * <p>Both are closed after the last {@code @AfterEach} method. Tests that run at the same time do not disturb each
 * other: each server has a port and a time of its own, and nothing is set for the whole JVM. When a test fails, the
 * lives of its backends and the last requests are printed to the standard error stream.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(JamsocketExtension.class)
public @interface JamsocketTest {

    /** Whether time stands still until the test moves it: {@link com.jamsocket.dev.JamsocketDevServer#time()}. */
    boolean virtualTime() default true;

    /** Whether the client speaks with the server as with a Plane cluster. Default: as with a Jamsocket API. */
    boolean plane() default false;

    /** Sets the server up; a class with a constructor without parameters. */
    Class<? extends ServerSetup> setup() default ServerSetup.Defaults.class;
}
