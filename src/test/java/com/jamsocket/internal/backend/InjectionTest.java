package com.jamsocket.internal.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.jamsocket.backend.VerifiedRequest;
import com.jamsocket.testkit.ClassPath;
import com.jamsocket.testkit.Jvm;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.inject.Inject;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class InjectionTest {

    private static VerifiedRequest from(String user) {
        return VerifiedRequest.of(Map.of("x-verified-username", List.of(user)));
    }

    private static SeContainer container() {
        return SeContainerInitializer.newInstance()
                .addBeanClasses(Whiteboard.class)
                .initialize();
    }

    @Test
    void givesEachRequestItsOwnUserAlsoInABeanThatServesThemAll() {
        try (SeContainer container = container()) {
            Whiteboard whiteboard = container.select(Whiteboard.class).get();
            RequestContextController request =
                    container.select(RequestContextController.class).get();
            for (String user : List.of("ann", "bob")) {
                request.activate();
                Injection.provide(from(user));
                assertThat(whiteboard.user()).isEqualTo(user);
                assertThat(whiteboard.hasSecret("S3CRET")).isFalse();
                request.deactivate();
            }
        }
    }

    @Test
    void saysWhatIsMissingWhereNoFilterIs() {
        try (SeContainer container = container()) {
            Whiteboard whiteboard = container.select(Whiteboard.class).get();
            RequestContextController request =
                    container.select(RequestContextController.class).get();
            request.activate();
            assertThatIllegalStateException()
                    .isThrownBy(whiteboard::user)
                    .withMessageContaining("VerifiedRequestFilter")
                    .withMessageContaining("VerifiedRequestConfigurator");
            request.deactivate();
        }
    }

    @Test
    void isLeftOutWhereNoRequestIsActive() {
        try (SeContainer container = container()) {
            assertThat(container.isRunning()).isTrue();
            assertThatNoException().isThrownBy(() -> Injection.provide(from("ann")));
        }
    }

    @Test
    void isLeftOutWhereNoContainerRuns() {
        assertThatNoException().isThrownBy(() -> Injection.provide(from("ann")));
    }

    @Test
    void worksWhereTheApisOfTheOtherRoomsAreMissing() throws Exception {
        assertThat(run("jakarta\\.(jakartaee|servlet|websocket|ws\\.rs).*|undertow.*|tyrus.*|jersey.*|grizzly.*"))
                .isEqualToIgnoringNewLines("jakarta.servlet.Filter is missing"
                        + "jakarta.ws.rs.container.ContainerRequestFilter is missing"
                        + "jakarta.websocket.server.ServerEndpointConfig is missing"
                        + "ann");
    }

    @Test
    void isLeftOutWhereCdiIsMissing() throws Exception {
        assertThat(run("jakarta\\.(jakartaee|enterprise).*|weld.*")).isEqualToIgnoringNewLines("no CDI");
    }

    /** What the program below prints, in a JVM whose class path lacks these jars. */
    private static String run(String missing) throws IOException, InterruptedException {
        Pattern jars = Pattern.compile(missing);
        Process process = new ProcessBuilder(Jvm.commandOn(
                        Pattern.compile(File.pathSeparator)
                                .splitAsStream(ClassPath.ofTests())
                                .filter(jar ->
                                        !jars.matcher(new File(jar).getName()).matches())
                                .collect(Collectors.joining(File.pathSeparator)),
                        Program.class.getName()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    @ApplicationScoped
    public static class Whiteboard {
        @Inject
        VerifiedRequest request;

        String user() {
            return request.username();
        }

        boolean hasSecret(String secret) {
            return request.hasSecret(secret);
        }
    }

    static final class Program {
        private static final List<String> APIS = List.of(
                "jakarta.servlet.Filter",
                "jakarta.ws.rs.container.ContainerRequestFilter",
                "jakarta.websocket.server.ServerEndpointConfig");

        public static void main(String... args) {
            if (isMissing("jakarta.enterprise.inject.spi.CDI")) {
                Injection.provide(from("ann"));
                System.out.println("no CDI");
                return;
            }
            APIS.stream().filter(Program::isMissing).forEach(api -> System.out.println(api + " is missing"));
            try (SeContainer container = container()) {
                RequestContextController request =
                        container.select(RequestContextController.class).get();
                request.activate();
                Injection.provide(from("ann"));
                System.out.println(container.select(Whiteboard.class).get().user());
            }
        }

        private static boolean isMissing(String type) {
            try {
                Class.forName(type);
                return false;
            } catch (ClassNotFoundException e) {
                return true;
            }
        }
    }
}
