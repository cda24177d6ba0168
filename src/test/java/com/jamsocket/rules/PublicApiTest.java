package com.jamsocket.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.jamsocket.ConnectResponse;
import com.jamsocket.DoNotImplement;
import com.jamsocket.Jamsocket;
import com.jamsocket.PlaneSettings;
import com.jamsocket.SpawnOptions;
import com.jamsocket.StatusListener;
import com.jamsocket.backend.GracefulShutdown;
import com.jamsocket.cdi.FollowClaim;
import com.jamsocket.dev.BackendHandler;
import com.jamsocket.dev.LaunchedBackend;
import com.jamsocket.dev.Launcher;
import com.jamsocket.test.ServerSetup;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * No change of the public API goes unseen: it is written down in docs/api.txt, and a change is accepted together with
 * an entry in CHANGELOG.md. docs/versioning.md says which changes break what.
 */
class PublicApiTest {

    private static final Path DUMP = Path.of("docs", "api.txt");
    private static final Path CHANGELOG = Path.of("CHANGELOG.md");
    private static final String ACCEPT = "mvn -B test -Dtest=PublicApiTest -Dapi.accept";

    /** The first line of the dump: what was unreleased when it was accepted. */
    private static final String HEADER = "# The public API, as accepted with CHANGELOG.md's section Unreleased: ";

    /** What applications implement, and no method without a body can ever be added to. */
    private static final Set<Class<?>> FOR_APPLICATIONS = Set.of(
            StatusListener.class,
            FollowClaim.class,
            BackendHandler.class,
            Launcher.class,
            LaunchedBackend.class,
            GracefulShutdown.Action.class,
            ServerSetup.class);

    /** Records that are parts of something with a builder, which makes them of its arguments. */
    private static final Set<Class<?>> MADE_BY_A_BUILDER =
            Set.of(SpawnOptions.Mount.class, PlaneSettings.Credentials.class);

    @Test
    void isAsWrittenDown() throws Exception {
        List<String> present = PublicApi.lines();
        List<String> accepted = Files.exists(DUMP) ? Files.readAllLines(DUMP) : List.of();
        if (System.getProperty("api.accept") != null) {
            accept(present, accepted);
            return;
        }
        assertThat(differences(accepted.stream().skip(1).toList(), present))
                .as(
                        "The public API is not that of %s. If that is meant, say in CHANGELOG.md who is affected,"
                                + " run%n    %s%nand commit both files.",
                        DUMP, ACCEPT)
                .isEmpty();
    }

    @Test
    void showsNothingOfTheInside() throws IOException {
        assertThat(PublicApi.lines())
                .isNotEmpty()
                .noneMatch(line -> line.contains("com.jamsocket.internal.") || line.contains("com.jamsocket.demo."));
    }

    @Test
    void interfacesAreForApplicationsOrMarked() throws IOException {
        ClassFileImporter importer = new ClassFileImporter();
        assertThat(PublicApi.types().filter(type -> type.isInterface() && !type.isAnnotation() && !type.isSealed()))
                .contains(Jamsocket.class)
                .allSatisfy(type -> assertThat(importer.importClass(type).isAnnotatedWith(DoNotImplement.class))
                        .as("%s is marked", type)
                        .isNotEqualTo(FOR_APPLICATIONS.contains(type)));
    }

    /** So that a component can be added: docs/versioning.md. */
    @Test
    void recordsCanBeMadeWithoutTheirConstructors() throws IOException {
        assertThat(PublicApi.types().filter(Class::isRecord))
                .contains(ConnectResponse.class)
                .allSatisfy(type -> assertThat(hasFactory(type))
                        .as("%s has a builder or a factory method", type)
                        .isNotEqualTo(MADE_BY_A_BUILDER.contains(type)));
    }

    /** Whether a public method makes it or its builder: its own, or one of the type that it is a variant of. */
    private static boolean hasFactory(Class<?> type) {
        return Stream.of(type, type.getEnclosingClass())
                .filter(Objects::nonNull)
                .flatMap(place -> Arrays.stream(place.getMethods()))
                .filter(method -> Modifier.isStatic(method.getModifiers()))
                .map(Method::getReturnType)
                .anyMatch(made ->
                        made == type || (made.getSimpleName().equals("Builder") && made.getEnclosingClass() == type));
    }

    private static void accept(List<String> present, List<String> accepted) throws Exception {
        if (accepted.stream().skip(1).toList().equals(present)) {
            return;
        }
        String header = HEADER + digest(unreleased());
        if (accepted.contains(header)) {
            fail(
                    "The section Unreleased of CHANGELOG.md is as it was when the API was accepted last."
                            + " Say there who is affected by this change:%n%s",
                    String.join("\n", differences(accepted.stream().skip(1).toList(), present)));
        }
        Files.write(DUMP, Stream.concat(Stream.of(header), present.stream()).toList());
    }

    private static List<String> differences(List<String> before, List<String> after) {
        return Stream.concat(
                        before.stream().filter(line -> !after.contains(line)).map(line -> "- " + line),
                        after.stream().filter(line -> !before.contains(line)).map(line -> "+ " + line))
                .toList();
    }

    private static String unreleased() throws IOException {
        String text = Files.readString(CHANGELOG);
        String section = text.substring(text.indexOf("## Unreleased") + "## Unreleased".length());
        int next = section.indexOf("\n## ");
        return (next < 0 ? section : section.substring(0, next)).strip();
    }

    private static String digest(String text) throws NoSuchAlgorithmException {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash, 0, 8);
    }
}
