package com.jamsocket.artifacts;

import static com.jamsocket.artifacts.Artifacts.CLI;
import static com.jamsocket.artifacts.Artifacts.CLIENT;
import static com.jamsocket.artifacts.Artifacts.DEV;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import org.junit.jupiter.api.Test;

/** What is in which jar. */
class JarContentsIT {

    private static final Attributes.Name MODULE = new Attributes.Name("Automatic-Module-Name");
    private static final String SERVICE = "META-INF/services/com.jamsocket.internal.EmbeddedServerProvider";

    /** For native images. */
    private static final String HINTS = "META-INF/native-image/com.jamsocket/";

    private static final String EXTENSION = "META-INF/services/jakarta.enterprise.inject.spi.Extension";

    @Test
    void theClientHasNoServerInIt() throws IOException {
        assertThat(CLIENT.packages())
                .contains("com.jamsocket", "com.jamsocket.cdi", "com.jamsocket.internal.client")
                .noneMatch(name -> name.matches("com\\.jamsocket\\.(internal\\.dev|dev|test|demo)(\\..*)?"));
        assertThat(CLIENT.files())
                .contains("META-INF/beans.xml", "META-INF/LICENSE", HINTS + "jamsocket-jakarta/reflect-config.json")
                .noneMatch(name -> name.startsWith(HINTS + "jamsocket-jakarta-dev"))
                .filteredOn(name -> name.startsWith("META-INF/services/") && !name.endsWith("/"))
                .containsExactly(EXTENSION);
        assertThat(CLIENT.manifest()).containsEntry(MODULE, "com.jamsocket");
        assertThat(CLIENT.manifest().getValue(Attributes.Name.MAIN_CLASS)).isNull();
    }

    @Test
    void theDevelopmentJarHasNothingElse() throws IOException {
        assertThat(DEV.packages())
                .contains("com.jamsocket.dev", "com.jamsocket.internal.dev.api")
                .allMatch(name -> name.matches("com\\.jamsocket\\.(internal\\.dev|dev|test)(\\..*)?"));
        assertThat(DEV.files())
                .contains(SERVICE, "META-INF/LICENSE", HINTS + "jamsocket-jakarta-dev/resource-config.json")
                .noneMatch(name -> name.startsWith(HINTS + "jamsocket-jakarta/"))
                .doesNotContain("META-INF/beans.xml", EXTENSION);
        assertThat(DEV.manifest()).containsEntry(MODULE, "com.jamsocket.dev");
        assertThat(DEV.manifest().getValue(Attributes.Name.MAIN_CLASS)).isNull();
    }

    @Test
    void noPackageIsInBoth() throws IOException {
        assertThat(CLIENT.packages()).doesNotContainAnyElementsOf(DEV.packages());
    }

    @Test
    void bothAreModulesBesideEachOther() throws Exception {
        String modules = CLIENT.file() + File.pathSeparator + DEV.file();
        assertThat(Artifacts.run(List.of("--module-path", modules, "--list-modules"), List.of()))
                .contains("com.jamsocket@", "com.jamsocket.dev@");
        // Prints what is wrong, such as a package that is in both.
        assertThat(Artifacts.run(List.of("--module-path", modules, "--validate-modules"), List.of()))
                .isEmpty();
    }

    @Test
    void theProgramHasAllItNeedsUnderItsOwnName() throws IOException {
        assertThat(CLI.packages())
                .contains("com.jamsocket.dev", "com.jamsocket.internal.wire", "com.jamsocket.internal.shaded.json.spi")
                .allMatch(name -> name.startsWith("com.jamsocket"));
        assertThat(CLI.files())
                .contains(SERVICE)
                .doesNotContain("META-INF/beans.xml", EXTENSION)
                .noneMatch(name -> name.contains("module-info") || name.contains("/demo/"));
        assertThat(CLI.manifest()).containsEntry(Attributes.Name.MAIN_CLASS, "com.jamsocket.dev.JamsocketDevServer");
    }

    @Test
    void theProgramHasTheLicencesOfAllThatIsInIt() throws IOException {
        assertThat(CLI.text("META-INF/LICENSE")).isEqualTo(Files.readString(Path.of("LICENSE")));
        assertThat(CLI.text("META-INF/LICENSE.md")).contains("Eclipse Public License");
        // By which scanners find what has been put into it.
        assertThat(CLI.files())
                .contains(
                        "META-INF/maven/org.eclipse.parsson/parsson/pom.properties",
                        "META-INF/maven/jakarta.json/jakarta.json-api/pom.properties");
        assertThat(CLI.text("META-INF/NOTICE.md")).contains("Eclipse Parsson", "Jakarta JSON Processing");
    }
}
