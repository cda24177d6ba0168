package com.jamsocket.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.jamsocket.docs.Page.Block;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every page of the project: what it shows can be compiled or read, what it names exists, its links lead somewhere. */
class PagesTest {

    private static final Pattern IN_CODE = Pattern.compile("[ ]*// snippet: (\\w+)\n(.*?)[ ]*// end\n", Pattern.DOTALL);
    private static final List<Path> WITH_SNIPPETS =
            List.of(Path.of("src/test/java/com/jamsocket/docs"), Path.of("src/test/java/com/example/backend"));

    private static final Path QUARKUS = Path.of("src/it/quarkus");

    /** Compiled and run with the server that they are of. */
    private static final Path OF_QUARKUS = QUARKUS.resolve("src/test/java/com/example/documents");

    /** By the test that reads all its blocks, so that none is shown which nobody has looked at. */
    private static final Map<Class<?>, Set<String>> LANGUAGES = Map.of(
            PagesTest.class, Set.of("java"),
            ProgramsTest.class, Set.of("js", "python", "sql", "text"),
            CommandsTest.class, Set.of("sh"),
            ConfigurationTest.class, Set.of("xml", "json", "properties", "dockerfile"),
            DiagramsTest.class, Set.of("mermaid"));

    private static final Path EXAMPLE_POM = Path.of("examples/counter/pom.xml");

    /** A name in backticks that looks like a setting. */
    private static final Pattern SETTING = Pattern.compile("(jamsocket\\.[a-z][a-z.-]*[a-z])(?:=.*)?");

    private static final Pattern VARIABLE = Pattern.compile("\\b(JAMSOCKET_[A-Z][A-Z_]*[A-Z])\\b");

    @TempDir
    Path directory;

    @Test
    void everyBlockIsOfALanguageThatATestReads() throws IOException {
        assertThat(Page.allBlocks()).allSatisfy(block -> assertThat(LANGUAGES.values())
                .as("%s", block)
                .anyMatch(languages -> languages.contains(block.language())));
    }

    @Test
    void whatIsCodeStandsInABlock() throws IOException {
        for (Page page : Page.all()) {
            assertThat(page.strays()).as("%s", page).isEmpty();
        }
    }

    @Test
    void everyPieceOfJavaIsASnippetOfTheTests() throws IOException {
        Map<String, String> shown = new TreeMap<>();
        for (Block block : Page.allBlocks("java")) {
            assertThat(block.snippet()).as("%s", block).isNotNull();
            shown.put(block.snippet(), block.text().strip());
        }
        Map<String, Snippet> snippets = snippets(WITH_SNIPPETS);
        snippets.putAll(snippets(List.of(OF_QUARKUS)));
        assertThat(shown)
                .isEqualTo(snippets.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, snippet -> snippet.getValue().text(), (a, b) -> a, TreeMap::new)));
    }

    /** By a test, or a program of the tests, that names its class; those of Quarkus run with that server. */
    @Test
    void everySnippetIsRun() throws IOException {
        Set<String> snippets = new TreeSet<>();
        Set<String> named = new HashSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file);
                if (WITH_SNIPPETS.contains(file.getParent())
                        && IN_CODE.matcher(text).find()) {
                    String type = file.getFileName().toString().replace(".java", "");
                    if (!type.endsWith("Test")) {
                        snippets.add(type);
                    }
                } else {
                    named.addAll(List.of(text.split("\\W+", -1)));
                }
            }
        }
        snippets.removeAll(named);
        assertThat(snippets).isEmpty();
    }

    /** With the types of the application, which are in the package of the snippet, and its own imports. */
    @Test
    void everySnippetHasTheImportsThatItNeeds() throws IOException {
        List<JavaFileObject> units = new ArrayList<>();
        snippets(WITH_SNIPPETS).forEach((name, snippet) -> units.add(unit(name, snippet)));
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        compiler.getTask(
                        null,
                        null,
                        problems,
                        List.of("-proc:none", "-d", directory.toString(), "-cp", System.getProperty("java.class.path")),
                        null,
                        units)
                .call();

        assertThat(problems.getDiagnostics())
                .filteredOn(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
                .isEmpty();
    }

    /** A whole file; members of a class; or statements. */
    private static JavaFileObject unit(String name, Snippet snippet) {
        int afterImports = Math.max(0, snippet.text().lastIndexOf("\nimport "));
        int start = snippet.text().startsWith("import ") ? snippet.text().indexOf('\n', afterImports + 1) + 1 : 0;
        String imports = snippet.text().substring(0, start);
        String body = snippet.text().substring(start);
        Matcher type = Pattern.compile(
                        "^(?:public |abstract |final )*(?:class|interface|record|enum) (\\w+)", Pattern.MULTILINE)
                .matcher(body);
        String file = type.find() ? type.group(1) : "Shown" + name;
        String whole = type.reset().find() ? body : "class " + file + " {\n" + body + "\n}\n";
        URI uri = URI.create("string:///" + snippet.packageName().replace('.', '/') + "/" + file + ".java");
        return new SimpleJavaFileObject(uri, JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return "package " + snippet.packageName() + ";\n" + imports + whole;
            }
        };
    }

    /** By a program that reads it and runs nothing. Where there is none it is skipped by name. */
    @ParameterizedTest
    @CsvSource({"js, .mjs, node --check", "python, .py, python3 -m py_compile", "sh, .sh, bash -n"})
    void scriptsCanBeRead(String language, String ending, String reader) throws Exception {
        List<String> command = new ArrayList<>(List.of(reader.split(" ")));
        assumeThat(Stream.of(System.getenv("PATH").split(File.pathSeparator)))
                .as("a reader of %s", language)
                .anyMatch(path -> Files.isExecutable(Path.of(path, command.get(0))));
        List<Path> scripts = new ArrayList<>();
        for (Block block : Page.allBlocks(language)) {
            scripts.add(Files.writeString(directory.resolve("script" + scripts.size() + ending), block.text()));
        }
        for (Path script : scripts) {
            command.add(script.toString());
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor())
                    .as("%s: %s", Files.readString(script), output)
                    .isZero();
            command.remove(script.toString());
        }
    }

    @Test
    void dependenciesHaveTheVersionsOfTheBuild() throws IOException {
        String pom = Files.readString(Path.of("pom.xml")) + Files.readString(QUARKUS.resolve("pom.xml"));
        Pattern dependency = Pattern.compile(
                "<artifactId>([^<]+)</artifactId>\\s*<version>([^<]+)</version>|[\\w.]+:([\\w.-]+):(\\d[\\w.-]*\\w)");
        int compared = 0;
        List<Page> pages = new ArrayList<>(Page.all());
        String example = Files.readString(EXAMPLE_POM);
        pages.add(
                new Page(EXAMPLE_POM, example.replace("${version.jamsocket}", valueOf("version.jamsocket", example))));
        for (Page page : pages) {
            for (MatchResult found : dependency.matcher(page.text()).results().toList()) {
                String artifact = found.group(1) != null ? found.group(1) : found.group(3);
                String version = found.group(1) != null ? found.group(2) : found.group(4);
                String ours = versionOf(artifact, pom);
                if (ours != null) {
                    assertThat(version).as("%s in %s", artifact, page).isEqualTo(ours);
                    compared++;
                }
            }
        }
        assertThat(compared).isPositive();
    }

    private static String versionOf(String artifact, String pom) {
        Matcher declared = Pattern.compile(
                        "<artifactId>" + Pattern.quote(artifact) + "</artifactId>\\s*<version>([^<]+)<")
                .matcher(pom);
        if (!declared.find()) {
            return null;
        }
        String version = declared.group(1);
        return version.startsWith("$") ? valueOf(version.substring(2, version.length() - 1), pom) : version;
    }

    private static String valueOf(String property, String pom) {
        Matcher value = Pattern.compile("<" + property + ">([^<]+)<").matcher(pom);
        assertThat(value.find()).as(property).isTrue();
        return value.group(1);
    }

    @Test
    void settingsThatAreNamedExist() throws IOException {
        for (Page page : Page.all()) {
            if (page.path().equals(Path.of("CHANGELOG.md"))) {
                continue; // It names what was, too.
            }
            for (Block block : page.blocks("properties")) {
                Properties properties = new Properties();
                properties.load(new StringReader(block.text()));
                assertThat(properties.stringPropertyNames())
                        .as("%s", block)
                        .filteredOn(name -> name.startsWith("jamsocket."))
                        .allMatch(PagesTest::isSetting);
            }
            assertThat(VARIABLE.matcher(page.text()).results().map(name -> name.group(1)))
                    .as("%s", page)
                    .allMatch(PagesTest::isVariable);
            assertThat(page.code())
                    .as("%s", page)
                    .filteredOn(code -> SETTING.matcher(code).matches())
                    .extracting(code -> SETTING.matcher(code).replaceAll("$1"))
                    .allMatch(name -> isSetting(name) || isMetric(name));
        }
    }

    /** {@code Type.member} in the text, where the type is public. */
    @Test
    void membersThatAreNamedExist() throws IOException {
        Map<String, Set<String>> members = new HashMap<>();
        Pattern member = Pattern.compile("(?m)^com\\.jamsocket(?:\\.[a-z]\\w*)*\\.((?:\\w+\\.)*(\\w+)): (.*)$");
        for (MatchResult line : member.matcher(Files.readString(Path.of("docs/api.txt")))
                .results()
                .toList()) {
            Set<String> ofType = members.computeIfAbsent(line.group(2), type -> new HashSet<>());
            ofType.addAll(List.of(line.group(3).split("\\W+", -1)));
            String[] nested = line.group(1).split("\\.", -1);
            if (nested.length > 1) {
                members.computeIfAbsent(nested[nested.length - 2], type -> new HashSet<>())
                        .add(line.group(2));
            }
        }
        Pattern named = Pattern.compile("(?:new )?([A-Z]\\w+)\\.(\\w+)(?:\\W.*)?");
        int found = 0;
        for (Page page : Page.all()) {
            if (page.path().equals(Path.of("CHANGELOG.md"))) {
                continue; // It names what was, too.
            }
            for (String code : page.code()) {
                Matcher name = named.matcher(code);
                if (name.matches() && members.containsKey(name.group(1))) {
                    assertThat(members.get(name.group(1)))
                            .as("%s in %s", code, page)
                            .contains(name.group(2));
                    found++;
                }
            }
        }
        assertThat(found).isPositive();
    }

    @Test
    void filesThatCommandsNameExist() throws IOException {
        Pattern file = Pattern.compile("(?<![\\w./-])((?:\\.ci|docs|src|examples)/[\\w./-]*\\w)");
        for (Block block : Page.allBlocks("sh")) {
            assertThat(file.matcher(block.text()).results().map(name -> name.group(1)))
                    .as("%s", block)
                    .allSatisfy(name -> assertThat(Path.of(name)).exists());
        }
    }

    @Test
    void theOverviewOfTheJavadocNamesPagesThatExist() throws IOException {
        String overview = Files.readString(Path.of("src/main/javadoc/overview.html"));
        assertThat(Pattern.compile("<code>(docs/[^<]+)</code>")
                        .matcher(overview)
                        .results()
                        .map(page -> page.group(1)))
                .isNotEmpty()
                .allSatisfy(page -> assertThat(Path.of(page)).exists());
    }

    /** <a href="https://keepachangelog.com">Keep a Changelog</a>. */
    @Test
    void changesStandBelowTheWordsOfTheirKind() throws IOException {
        String[] sections = Page.of("CHANGELOG.md").text().split("(?m)^## ");
        assertThat(sections).hasSizeGreaterThan(1);
        for (String section : List.of(sections).subList(1, sections.length)) {
            String[] kinds = section.split("(?m)^### ");
            assertThat(kinds[0]).doesNotContain("\n- ");
            assertThat(List.of(kinds).subList(1, kinds.length))
                    .extracting(kind -> kind.lines().findFirst().orElseThrow())
                    .isNotEmpty()
                    .doesNotHaveDuplicates()
                    .isSubsetOf("Added", "Changed", "Deprecated", "Removed", "Fixed", "Security");
            assertThat(section).doesNotContainPattern("\n- (New|Change|Fix): ");
        }
    }

    @Test
    void linksLeadSomewhere() throws IOException {
        for (Page page : Page.all()) {
            assertThat(page.links()).as("%s", page).allSatisfy(link -> {
                int hash = link.indexOf('#');
                String file = hash < 0 ? link : link.substring(0, hash);
                Path target = file.isEmpty()
                        ? page.path()
                        : page.path().resolveSibling(file).normalize();
                assertThat(target).exists();
                if (hash >= 0) {
                    assertThat(Page.of(target.toString()).anchors()).contains(link.substring(hash + 1));
                }
            });
        }
    }

    private static boolean isVariable(String name) {
        return isSetting(name.toLowerCase(Locale.ROOT)
                .replaceFirst("_", ".")
                .replace("clients_", "clients.")
                .replace('_', '-'));
    }

    private static boolean isSetting(String name) {
        return rows("docs/settings.md")
                .anyMatch(name.replaceFirst("^jamsocket\\.clients\\.[a-z]+[.-]", "jamsocket.")::equals);
    }

    private static boolean isMetric(String name) {
        return rows("docs/operations.md").anyMatch(name::equals);
    }

    /** The first cells of a table of names, which are compared with the code elsewhere. */
    private static Stream<String> rows(String page) {
        return Pattern.compile("^\\| `(jamsocket\\.[\\w.-]+)` \\|", Pattern.MULTILINE)
                .matcher(Page.of(page).text())
                .results()
                .map(row -> row.group(1));
    }

    private record Snippet(String packageName, String text) {}

    /** By name; what has one name in one file, such as imports and a method, is one. */
    private static Map<String, Snippet> snippets(List<Path> directories) throws IOException {
        Map<String, Snippet> snippets = new TreeMap<>();
        for (Path directory : directories) {
            String packageName = directory
                    .subpath(directory.getNameCount() - 3, directory.getNameCount())
                    .toString()
                    .replaceAll("[/\\\\]", ".");
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    IN_CODE.matcher(Files.readString(file))
                            .results()
                            .forEach(found -> snippets.merge(
                                    found.group(1),
                                    new Snippet(packageName, textOf(found)),
                                    (a, b) -> new Snippet(a.packageName(), a.text() + "\n\n" + b.text())));
                }
            }
        }
        return snippets;
    }

    private static String textOf(MatchResult snippet) {
        return snippet.group(2).stripTrailing().stripIndent();
    }
}
