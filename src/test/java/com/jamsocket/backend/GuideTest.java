package com.jamsocket.backend;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.backend.Backends;
import com.example.backend.Drawing;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/backend.md shows code that is compiled, and that runs. */
class GuideTest {

    private static final Path GUIDE = Path.of("docs/backend.md");
    private static final Path EXAMPLES = Path.of("src/test/java/com/example/backend");
    private static final Pattern IN_GUIDE =
            Pattern.compile("<!-- snippet: (\\w+) -->\n```java\n(.*?)```\n", Pattern.DOTALL);
    private static final Pattern IN_CODE = Pattern.compile("// snippet: (\\w+)\n(.*?)// end\n", Pattern.DOTALL);
    private static final Pattern IN_JAVA = Pattern.compile("^```java", Pattern.MULTILINE);

    @Test
    void theGuideShowsTheCodeThatIsCompiledHere() throws IOException {
        Map<String, String> code = new TreeMap<>();
        try (Stream<Path> sources = Files.list(EXAMPLES)) {
            for (Path source : sources.toList()) {
                code.putAll(snippets(IN_CODE, Files.readString(source)));
            }
        }

        String guide = Files.readString(GUIDE);
        assertThat(snippets(IN_GUIDE, guide)).isEqualTo(code);
        assertThat(IN_JAVA.matcher(guide).results().count()).isEqualTo(code.size());
    }

    private static Map<String, String> snippets(Pattern pattern, String text) {
        Map<String, String> snippets = new TreeMap<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            snippets.put(matcher.group(1), matcher.group(2).stripTrailing());
        }
        return snippets;
    }

    @Test
    void theBackendOnTheJdkGreetsItsUser() throws Exception {
        HttpServer server = Backends.greeting();
        try {
            ProxyClient client = new ProxyClient(server.getAddress().getPort());
            assertThat(client.as("änn", "S3CRET").get("/").body()).isEqualTo("Hello, änn\n");
            assertThat(client.get("/").body()).isEqualTo("Hello, stranger\n");
            assertThat(client.ask("HEAD", "/", "").status()).isEqualTo(200);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void theDrawingIsSeenByTheOthers() throws Exception {
        try (ServletServer server = new ServletServer().endpoint(Drawing.class)) {
            ProxyClient client = new ProxyClient(server.start());
            try (ProxyClient.WebSocket ann = client.as("änn", "").webSocket("/draw");
                    ProxyClient.WebSocket bob = client.as("bob", "").webSocket("/draw")) {
                assertThat(ann.status()).isEqualTo(101);
                eventually("änn's socket is open to the endpoint too", () -> {
                    bob.send("ready?");
                    return ann.hasNext();
                });
                assertThat(ann.next()).isEqualTo("bob: ready?");
                ann.send("0,0 1,1");
                assertThat(bob.next()).isEqualTo("änn: 0,0 1,1");

                Backends.endDrawing();

                assertThat(bob.next()).isEqualTo("close 1001 the backend ends");
            }
        }
    }
}
