package com.jamsocket.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.PlaneOptions;
import com.jamsocket.PlaneSettings;
import com.jamsocket.SpawnOptions;
import com.jamsocket.TerminationKind;
import jakarta.json.JsonObject;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaneDialectTest {

    private static final String IMAGE = "registry.example/x/y:1";

    private static PlaneDialect dialect(UnaryOperator<PlaneSettings.Builder> settings, String service) {
        return new PlaneDialect(
                settings.apply(PlaneSettings.builder(URI.create("http://localhost:8080"))
                                .image(IMAGE))
                        .build(),
                service);
    }

    private final PlaneDialect dialect = dialect(settings -> settings, null);

    private static ConnectRequest.Builder request() {
        return ConnectRequest.builder();
    }

    private static ConnectRequest spawning(UnaryOperator<SpawnOptions.Builder> options) {
        return request().spawn(options.apply(SpawnOptions.builder()).build()).build();
    }

    private static ConnectRequest planeOnly(UnaryOperator<PlaneOptions.Builder> options) {
        return request()
                .key("k")
                .plane(options.apply(PlaneOptions.builder()).build())
                .build();
    }

    private static JsonObject body(PlaneDialect dialect, ConnectRequest request) {
        return Json.readObject(dialect.connect(request).body());
    }

    private static JsonObject json(String text) {
        return Json.readObject(text.replace('\'', '"'));
    }

    private void assertRefused(ConnectRequest request, String... why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dialect.connect(request))
                .satisfies(e -> assertThat(e.getMessage()).contains(why));
    }

    @Test
    void connectsWithKeyTagClusterUserAndAuth() {
        PlaneDialect configured = dialect(settings -> settings.cluster("localhost:9090"), "docs");
        ConnectRequest request = request()
                .key("doc/42")
                .spawn(SpawnOptions.builder()
                        .env("A", "b")
                        .maxIdle(Duration.ofMinutes(1))
                        .build())
                .user("ann")
                .auth(Map.of("role", "editor"))
                .plane(PlaneOptions.builder().keyTag("v1").build())
                .build();
        assertThat(configured.connect(request))
                .isEqualTo(new Call(
                        "POST",
                        "ctrl/connect",
                        "{\"key\":{\"name\":\"doc/42\",\"namespace\":\"docs\",\"tag\":\"v1\"},\"spawn_config\":"
                                + "{\"cluster\":\"localhost:9090\","
                                + "\"executable\":{\"image\":\"registry.example/x/y:1\","
                                + "\"env\":{\"A\":\"b\"}},\"max_idle_seconds\":60},\"user\":\"ann\","
                                + "\"auth\":{\"role\":\"editor\"}}",
                        true,
                        null,
                        true));
    }

    @Test
    void limitsIdlenessWhereTheRequestDoesNot() {
        Call call = dialect.connect(request().build());
        assertThat(call.body())
                .isEqualTo("{\"spawn_config\":{\"executable\":{\"image\":\"registry.example/x/y:1\"},"
                        + "\"max_idle_seconds\":300}}");
        assertThat(call.repeatable()).isFalse();
        assertThat(body(dialect(s -> s.maxIdle(Duration.ofSeconds(7)), null), spawning(o -> o.tag("2"))))
                .isEqualTo(json(
                        "{'spawn_config':{'executable':{'image':'registry.example/x/y:2'},'max_idle_seconds':7}}"));
    }

    @Test
    void saysAllThatPlaneCanBeTold() {
        PlaneDialect configured = dialect(
                settings -> settings.pullPolicy(PlaneSettings.PullPolicy.ALWAYS)
                        .cluster("eu.example")
                        .pool("common")
                        .namespace("ours")
                        .registry("ann", "pw"),
                "docs");
        ConnectRequest request = request()
                .key("k")
                .spawn(SpawnOptions.builder()
                        .cluster("us.example:81")
                        .lifetimeLimit(Duration.ofHours(1))
                        .mount("data")
                        .build())
                .plane(PlaneOptions.builder()
                        .namespace("theirs")
                        .backendId("b-1")
                        .pool("gpu")
                        .subdomain("Sub-1")
                        .staticToken(true)
                        .network("net")
                        .build())
                .build();
        assertThat(body(configured, request))
                .isEqualTo(json("{'key':{'name':'k','namespace':'theirs'},'spawn_config':{'id':'b-1',"
                        + "'cluster':'us.example:81','pool':'gpu','executable':{'image':'registry.example/x/y:1',"
                        + "'pull_policy':'Always','credentials':{'username':'ann','password':'pw'},'mount':'data',"
                        + "'network_name':'net'},'lifetime_limit_seconds':3600,'max_idle_seconds':300,"
                        + "'use_static_token':true,'subdomain':'Sub-1'}}"));
        assertThat(configured.toString() + configured.connect(request)).doesNotContain("pw");
    }

    @Test
    void takesTheNamespaceFromTheSettingsThenFromTheService() {
        ConnectRequest keyed = request().key("k").spawn(false).build();
        assertThat(body(dialect(s -> s.namespace("ours"), "docs"), keyed))
                .isEqualTo(json("{'key':{'name':'k','namespace':'ours'}}"));
        assertThat(body(dialect(s -> s, "docs"), keyed)).isEqualTo(json("{'key':{'name':'k','namespace':'docs'}}"));
        assertThat(body(dialect, keyed)).isEqualTo(json("{'key':{'name':'k'}}"));
    }

    @ParameterizedTest
    @CsvSource({
        "x, v2, x:v2",
        "x:1, v2, x:v2",
        "localhost:5000/x, v2, localhost:5000/x:v2",
        "localhost:5000/a/x:1, v2, localhost:5000/a/x:v2",
        "x@sha256:0123456789abcdef0123456789abcdef, v2, x:v2",
        "h:1/x:1@sha256:0123456789abcdef0123456789abcdef, v2, h:1/x:v2",
        "h:1/x:1, sha256:0123456789abcdef0123456789abcdef, h:1/x@sha256:0123456789abcdef0123456789abcdef",
    })
    void replacesTheTagOfTheImage(String image, String tag, String expected) {
        JsonObject body = body(dialect(settings -> settings.image(image), null), spawning(options -> options.tag(tag)));
        assertThat(body.getJsonObject("spawn_config")
                        .getJsonObject("executable")
                        .getString("image"))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", ":1", "a/b", "-a", "sha256:12", "a:b", "ä"})
    void refusesWhatIsNoTag(String tag) {
        assertRefused(spawning(options -> options.tag(tag)), "neither a tag nor a digest", tag);
    }

    @Test
    void anImageIdHasNoTagToReplace() {
        PlaneDialect local = dialect(settings -> settings.image("sha256:1111"), null);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> local.connect(spawning(options -> options.tag("v1"))))
                .withMessageContaining("set an image by name");
        assertThat(body(local, request().build()).toString()).contains("\"image\":\"sha256:1111\"");
    }

    @Test
    void needsAnImageToStartABackend() {
        PlaneDialect bare = new PlaneDialect(
                PlaneSettings.builder(URI.create("http://localhost:8080")).build(), "docs");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bare.connect(request().key("k").build()))
                .withMessageContaining("jamsocket.plane-image")
                .withMessageContaining("spawn(false)");
        assertThat(bare.connect(request().key("k").spawn(false).build()).body()).contains("\"name\":\"k\"");
    }

    @Test
    void refusesWhatCanOnlyFail() {
        assertRefused(request().spawn(false).build(), "without a key");
        PlaneOptions tagged = PlaneOptions.builder().keyTag("t").build();
        assertRefused(request().plane(tagged).build(), "belongs to a key");
        PlaneOptions spaced = PlaneOptions.builder().namespace("n").build();
        assertRefused(request().plane(spaced).build(), "belongs to a key");
    }

    @Test
    void refusesNamesThatPlaneCannotHold() {
        String longest = "😀".repeat(255);
        String tooLong = longest + "x";
        String fits =
                dialect.connect(request().key(longest).user(longest).build()).body();
        assertThat(fits).contains(longest);
        assertRefused(request().key(tooLong).build(), "255", "the key", "256");
        assertRefused(request().user(tooLong).build(), "255", "the user");
        assertRefused(planeOnly(options -> options.namespace(tooLong)), "255", "the namespace");
        assertRefused(planeOnly(options -> options.keyTag(tooLong)), "255", "the tag");
        assertRefused(planeOnly(options -> options.pool(tooLong)), "255", "the pool");
        assertRefused(spawning(options -> options.cluster("c".repeat(256))), "255", "the cluster");
        assertThatIllegalArgumentException().isThrownBy(() -> dialect(s -> s, tooLong)
                .connect(request().key("k").build()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://host", "host:", "host:x", "host:123456", "a b", "host/x", "[::1]:80"})
    void refusesWhatIsNoCluster(String cluster) {
        assertRefused(spawning(options -> options.cluster(cluster)), "host:port", cluster);
    }

    @Test
    void refusesTheCharacterThatTheDatabaseCannotHold() {
        assertRefused(request().key("a\0b").build(), "key.name", "U+0000");
        assertRefused(spawning(options -> options.env("A", "\0")), "spawn_config.executable.env.A", "U+0000");
        assertRefused(spawning(options -> options.env("A\0", "b")), "a name in spawn_config.executable.env");
        assertRefused(spawning(options -> options.mount("a\0")), "mount");
        assertRefused(request().auth(Map.of("a", List.of(Map.of("b", "\0")))).build(), "auth.a.b");
        assertRefused(request().auth(Map.of("\0", 1)).build(), "a name in auth");
        // Six characters that only look like it.
        assertThat(dialect.connect(request().key("\\u0000").build()).body()).contains("\\\\u0000");
    }

    @Test
    void refusesNumbersThatPlaneCannotRead() {
        assertRefused(request().auth(Map.of("n", new BigDecimal("1e400"))).build(), "auth.n");
    }

    @Test
    void refusesMoreThanANotificationCarries() {
        assertThat(dialect.connect(spawning(options -> options.env("A", "x".repeat(7_000))))
                        .body())
                .hasSizeGreaterThan(7_000);
        assertRefused(spawning(options -> options.env("A", "x".repeat(7_500))), "7500 bytes", "environment");
        // It is bytes that count, and the key is part of it.
        assertRefused(spawning(options -> options.env("A", "ü".repeat(3_800))), "7500 bytes");
        ConnectRequest both = request()
                .key("😀".repeat(255))
                .spawn(SpawnOptions.builder().env("A", "x".repeat(6_800)).build())
                .build();
        assertRefused(both, "7500 bytes");
    }

    @Test
    void refusesABodyThatPlaneWouldNotRead() {
        assertThat(dialect.connect(request()
                                .auth(Map.of("a", "x".repeat(2_000_000)))
                                .build())
                        .body())
                .hasSizeGreaterThan(2_000_000);
        assertRefused(request().auth(Map.of("a", "x".repeat(2_100_000))).build(), "2097152 bytes");
    }

    @Test
    void asksForStatusInPublicAndTerminatesInPrivate() {
        assertThat(dialect.status("b1")).isEqualTo(new Call("GET", "pub/b/b1/status", null, false, "b1", true));
        assertThat(dialect.statusStream("../b"))
                .isEqualTo(new Call("GET", "pub/b/..%2Fb/status-stream", null, false, "../b", true));
        assertThat(dialect.terminate("b1", TerminationKind.SOFT))
                .isEqualTo(new Call("POST", "ctrl/b/b1/soft-terminate", null, true, "b1", true));
        assertThat(dialect.terminate("b1", TerminationKind.HARD))
                .isEqualTo(new Call("POST", "ctrl/b/b1/hard-terminate", null, true, "b1", true));
        assertThat(dialect.learnsOfBackendsLate()).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> dialect.terminate("b1", TerminationKind.UNKNOWN));
        assertThatIllegalArgumentException().isThrownBy(() -> dialect.status(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> dialect(settings -> settings, " "));
    }

    @ParameterizedTest
    @CsvSource({"true, scheduled, 'dr-0abc'", "false, ready,"})
    void understandsItsAnswer(boolean spawned, String status, String drone) {
        String json = "{'backend_id':'k2h5xq0v9c1abc','spawned':" + spawned + ",'status':'" + status
                + "','token':'Zm9v43','url':'http://localhost:9090/Zm9v43/','subdomain':"
                + (spawned ? "'docs'" : "null") + ",'secret_token':'YmFy43',"
                + "'status_url':'http://localhost:8080/pub/b/k2h5xq0v9c1abc/status','drone':"
                + (drone == null ? "null" : "'" + drone + "'") + "}";
        assertThat(dialect.connectResponse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(ConnectResponse.builder()
                        .backendId("k2h5xq0v9c1abc")
                        .spawned(spawned)
                        .statusName(status)
                        .token("Zm9v43")
                        .url(URI.create("http://localhost:9090/Zm9v43/"))
                        .secretToken("YmFy43")
                        .statusUrl(URI.create("http://localhost:8080/pub/b/k2h5xq0v9c1abc/status"))
                        .drone(drone)
                        .subdomain(spawned ? "docs" : null)
                        .build());
    }
}
