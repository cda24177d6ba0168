package com.jamsocket.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.docs.Page.Block;
import com.jamsocket.internal.wire.ConnectResponseMapping;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.Model;
import org.apache.maven.model.io.xpp3.MavenXpp3Reader;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** What pages show for servers and builds is understood by what it is for, or is what the tests themselves have. */
class ConfigurationTest {

    private static final Path LIBERTY = Path.of("src/it/servers/liberty-microprofile/home/usr/servers/defaultServer");
    private static final Path HELIDON = Path.of("src/it/helidon/src/main/resources/META-INF/beans.xml");
    private static final Path QUARKUS =
            Path.of("src/it/quarkus/src/main/resources/META-INF/microprofile-config.properties");

    private static final Set<String> INSTRUCTIONS = Set.of("FROM", "COPY", "CMD");

    @Test
    void everyXmlIsOfAKindThatIsRead() throws Exception {
        for (Block block : Page.allBlocks("xml")) {
            switch (parse(block.text()).getDocumentElement().getTagName()) {
                case "all" -> model("<dependencies>" + block.text() + "</dependencies>", block);
                case "dependencies" -> model(block.text(), block);
                case "project" -> read(block.text(), block);
                case "server" -> hasTheFeaturesOfTheMatrix(block);
                case "beans" ->
                    assertThat(attributes(parse(block.text())))
                            .as("%s", block)
                            .isEqualTo(attributes(parse(Files.readString(HELIDON))));
                default -> throw new AssertionError("nothing reads " + block);
            }
        }
    }

    private static Document parse(String xml) throws Exception {
        String whole = xml.startsWith("<dependency>") ? "<all>" + xml + "</all>" : xml;
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(whole)));
    }

    private static void model(String dependencies, Block block) throws Exception {
        read("<project><modelVersion>4.0.0</modelVersion>" + dependencies + "</project>", block);
    }

    /** As Maven reads it: an element that it does not know is an error. */
    private static void read(String pom, Block block) throws Exception {
        Model model = new MavenXpp3Reader().read(new StringReader(pom), true);
        assertThat(model.getDependencies())
                .as("%s", block)
                .isNotEmpty()
                .extracting(Dependency::getArtifactId)
                .contains("jamsocket-jakarta");
    }

    private static void hasTheFeaturesOfTheMatrix(Block block) throws Exception {
        List<String> ours = features(parse(Files.readString(LIBERTY.resolve("server.xml"))));
        assertThat(features(parse(block.text()))).as("%s", block).isNotEmpty().isSubsetOf(ours);
    }

    private static List<String> features(Document server) {
        NodeList features = server.getElementsByTagName("feature");
        return IntStream.range(0, features.getLength())
                .mapToObj(features::item)
                .map(Node::getTextContent)
                .toList();
    }

    /** Without where the schema is. */
    private static Map<String, String> attributes(Document document) {
        Element root = document.getDocumentElement();
        Map<String, String> attributes = new HashMap<>();
        for (String name : List.of("xmlns", "bean-discovery-mode", "version")) {
            attributes.put(name, root.getAttribute(name));
        }
        return attributes;
    }

    /** By the client; those of Quarkus are those of the application that is tested on it, but for the path. */
    @Test
    void propertiesAreRead() throws IOException {
        for (Block block : Page.allBlocks("properties")) {
            Map<String, String> environment = new HashMap<>();
            properties(block.text()).forEach((name, value) -> {
                if (name.toString().startsWith("jamsocket.")) {
                    environment.put(
                            name.toString().toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"), value.toString());
                } else {
                    assertThat(name.toString()).as("%s", block).startsWith("quarkus.");
                    assertThat(Files.exists(QUARKUS)).isTrue();
                    String ours = property(name.toString());
                    assertThat(value.toString())
                            .as("%s in %s", name, block)
                            .isEqualTo(ours.replace("/api/watched/", "/backends/"));
                }
            });
            assertThat(SettingsShown.problems(environment)).as("%s", block).isEmpty();
        }
    }

    private static Properties properties(String text) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(text));
        return properties;
    }

    private static String property(String name) {
        try {
            return properties(Files.readString(QUARKUS)).getProperty(name, "");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** By the client, which writes the same again. */
    @Test
    void answersAreRead() throws IOException {
        for (Block block : Page.allBlocks("json")) {
            JsonObject answer =
                    Json.createReader(new StringReader(block.text())).readObject();
            assertThat(ConnectResponseMapping.write(ConnectResponseMapping.read(answer)))
                    .as("%s", block)
                    .isEqualTo(answer);
        }
    }

    /** Each file that is started was copied, each class exists, and no shell stands before the program. */
    @Test
    void imagesStartWhatTheyHave() throws IOException {
        for (Block block : Page.allBlocks("dockerfile")) {
            List<String> copied = new ArrayList<>();
            boolean starts = false;
            for (String line : block.text().lines().toList()) {
                String instruction = line.split(" ", 2)[0];
                String rest = line.split(" ", 2)[1];
                assertThat(INSTRUCTIONS).as("%s", block).contains(instruction);
                switch (instruction) {
                    case "FROM" -> assertThat(rest).matches("[a-z][a-z0-9-]*:[a-z0-9.-]+");
                    case "COPY" -> copied.add(copied(rest, block));
                    default -> {
                        startsWhatWasCopied(rest, copied, block);
                        starts = true;
                    }
                }
            }
            assertThat(starts).as("%s", block).isTrue();
        }
    }

    /** Where a file or folder is then: below a folder, unless it is one itself. */
    private static String copied(String arguments, Block block) {
        String from = arguments.split(" ", 2)[0];
        String to = arguments.split(" ", 2)[1];
        assertThat(from.startsWith("target/") || block.page().text().contains('`' + from + '`'))
                .as("%s in %s is built, or shown below its name", from, block)
                .isTrue();
        String name = from.substring(from.lastIndexOf('/') + 1);
        boolean isFile = name.contains(".");
        return isFile ? to + (to.endsWith("/") ? "" : "/") + name : to + (to.endsWith("/") ? "" : "/");
    }

    private static void startsWhatWasCopied(String command, List<String> copied, Block block) {
        JsonArray words = Json.createReader(new StringReader(command)).readArray();
        for (String word : words.getValuesAs(JsonString::getString)) {
            if (word.startsWith("/")) {
                String path = word.replace("*", "");
                assertThat(copied)
                        .as("%s in %s", word, block)
                        .anyMatch(each -> path.startsWith(each) || each.startsWith(path));
            } else if (Pattern.matches("com\\.[\\w.]+", word)) {
                assertThat(Stream.of("src/test/java", "src/sample/java"))
                        .as("%s in %s", word, block)
                        .anyMatch(root -> Files.exists(Path.of(root, word.replace('.', '/') + ".java")));
            }
        }
    }
}
