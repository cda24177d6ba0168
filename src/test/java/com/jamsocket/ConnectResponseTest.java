package com.jamsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.net.URI;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectResponseTest {

    private static final String URL = "https://b1.example:81/S3CRET/";

    private static ConnectResponse at(String url) {
        return ConnectResponse.builder()
                .backendId("b1")
                .spawned(false)
                .status(BackendStatus.TERMINATING)
                .token("S3CRET-token")
                .url(URI.create(url))
                .secretToken("S3CRET-backend")
                .statusUrl(URI.create("https://api.example/v2/backend/b1/status"))
                .readyUrl(URI.create("https://ready.example/b1/S3CRET/"))
                .drone("dr-a")
                .subdomain("docs")
                .build();
    }

    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "/, ''",
        "a, a",
        "/a/b/, a/b/",
        "a//b, a//b",
        "//evil.example/x, /evil.example/x",
        "http://evil.example/, http://evil.example/",
        "x:y, x:y",
        "./a, a",
        "a/., a/",
        "a/./b, a/b",
        "a/../b, b",
        "a/%2E%2e/b, b",
        "a/b/.., a/",
        "a/.., ''",
        "..., ...",
        "%2F..%2F, %2F..%2F",
        "?q=1, ?q=1",
        "a?q=/../../x&y=%20#f, a?q=/../../x&y=%20#f",
        "#f, #f",
        "ü, %C3%BC",
        "a?q=ü, a?q=%C3%BC",
    })
    void resolvesInsideTheConnectionUrl(String path, String expected) {
        assertThat(at(URL).resolve(path)).hasToString(URL + expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                "../",
                "/..",
                "/../x",
                "a/../..",
                "a//../..",
                "//../x",
                "%2e%2e/x",
                ".%2E/x",
                "./../x",
                "a/../../S3CRET/x",
                "a b",
                "..\\x",
                "%zz",
                "a?b c",
            })
    void refusesToLeaveTheConnectionUrl(String path) {
        assertThatIllegalArgumentException().isThrownBy(() -> at(URL).resolve(path));
        assertThatIllegalArgumentException().isThrownBy(() -> at(URL).webSocketUrl(path));
    }

    @Property(tries = 500)
    void whateverThePathItStaysInside(
            @ForAll @StringLength(max = 12) @Chars({'.', '/', '%', '2', 'e', 'E', 'a', '?', '#', ':', '@'})
                    String path) {
        URI resolved;
        try {
            resolved = at(URL).resolve(path);
        } catch (IllegalArgumentException e) {
            return;
        }
        assertThat(resolved.getRawAuthority()).isEqualTo("b1.example:81");
        // As a server might see it, which decodes first.
        assertThat(URI.create("http://h" + resolved.getRawPath().replaceAll("(?i)%2e", "."))
                        .normalize()
                        .getRawPath())
                .startsWith("/S3CRET/");
    }

    @Test
    void aBrowserGetsWhatItNeedsAndNoMore() {
        URI statusUrl = URI.create("backends/b1/status");

        ConnectResponse forBrowser = at(URL).forBrowser(statusUrl);

        assertThat(forBrowser)
                .isEqualTo(ConnectResponse.builder()
                        .backendId("b1")
                        .spawned(false)
                        .status(BackendStatus.TERMINATING)
                        .token("S3CRET-token")
                        .url(URI.create(URL))
                        .statusUrl(statusUrl)
                        .subdomain("docs")
                        .build());
    }

    @Test
    void putsUpWithAUrlWithoutSlashAtItsEnd() {
        assertThat(at("http://h/t").resolve("a")).hasToString("http://h/t/a");
        assertThat(at("http://h").resolve("/a")).hasToString("http://h/a");
    }

    @Test
    void makesAddressesOfWebSockets() {
        assertThat(at(URL).webSocketUrl("/ws?room=1")).hasToString("wss://b1.example:81/S3CRET/ws?room=1");
        assertThat(at("HTTP://localhost:9090/t/").webSocketUrl("")).hasToString("ws://localhost:9090/t/");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> at(URL).webSocketUrl("a#f"))
                .withMessageContaining("fragment");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/t/", "ftp://h/t/", "http:t", "mailto:x"})
    void refusesOtherConnectionUrls(String url) {
        assertThatIllegalArgumentException().isThrownBy(() -> at(url)).withMessageNotContaining(url);
    }

    @Test
    void refusesMissingParts() {
        URI uri = URI.create(URL);
        assertMissing("backendId", ConnectResponse.builder().token("t").url(uri).statusUrl(uri));
        assertMissing("token", ConnectResponse.builder().backendId("b").url(uri).statusUrl(uri));
        assertMissing("url", ConnectResponse.builder().backendId("b").token("t").statusUrl(uri));
        assertMissing(
                "statusUrl", ConnectResponse.builder().backendId("b").token("t").url(uri));
        assertMissing("statusName", at(URL).toBuilder().statusName(null));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> at(URL).toBuilder().backendId(" ").build());
    }

    private static void assertMissing(String part, ConnectResponse.Builder builder) {
        assertThatNullPointerException().isThrownBy(builder::build).withMessage(part);
    }

    @Test
    void isANewScheduledBackendUnlessItIsSaidOtherwise() {
        URI uri = URI.create(URL);
        ConnectResponse response = ConnectResponse.builder()
                .backendId("b")
                .token("t")
                .url(uri)
                .statusUrl(uri)
                .build();
        assertThat(response.spawned()).isTrue();
        assertThat(response.status()).isEqualTo(BackendStatus.SCHEDULED);
        assertThat(response.secretToken()).isNull();
        assertThat(response.readyUrl()).isNull();
        assertThat(response.drone()).isNull();
        assertThat(response.subdomain()).isNull();
    }

    @Test
    void showsNoCredentials() {
        assertThat(at("https://S3CRET@b1.example:81/S3CRET/"))
                .hasToString("ConnectResponse[backendId=b1, spawned=false, status=terminating,"
                        + " url=https://b1.example:81/<redacted>, drone=dr-a, subdomain=docs]");
        assertThat(at(URL).status()).isEqualTo(BackendStatus.TERMINATING);
    }
}
