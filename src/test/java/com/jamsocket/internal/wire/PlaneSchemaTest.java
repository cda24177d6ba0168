package com.jamsocket.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.jamsocket.ConnectRequest;
import com.jamsocket.PlaneOptions;
import com.jamsocket.PlaneSettings;
import com.jamsocket.SpawnOptions;
import java.net.URI;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is asked for, the client sends only what Plane reads; the rest it refuses itself. */
class PlaneSchemaTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"auth\":null,\"spawn_config\":{\"executable\":{\"image\":\"x\"},\"max_idle_seconds\":1}}",
                "{\"key\":{\"name\":\"a\",\"tag\":null}}",
                "{\"key\":{}}",
                "{\"spawn_config\":{}}",
                "{\"spawn_config\":{\"executable\":{\"image\":\"x\"},\"max_idle_seconds\":1,"
                        + "\"use_static_token\":null}}",
                "{\"spawn_config\":{\"executable\":{\"image\":\"x\"},\"max_idle_seconds\":1.5}}",
                "{\"spawn_config\":{\"executable\":42,\"max_idle_seconds\":1}}",
            })
    void theCheckFindsWhatPlaneRefuses(String body) {
        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> PlaneSchema.check(Json.readObject(body)));
    }

    @Property(tries = 200)
    void theClientSendsNothingElse(
            @ForAll("anyRequest") ConnectRequest request, @ForAll("anySettings") PlaneSettings settings) {
        Call call;
        try {
            call = new PlaneDialect(settings, "svc").connect(request);
        } catch (IllegalArgumentException e) {
            assertThat(e)
                    .hasMessageMatching(
                            "(?s)(without a key|a namespace or a key tag|to start a backend|neither a tag|a cluster is"
                                    + "|Plane holds|Plane takes|Plane passes|.* has the character "
                                    + "U\\+0000|.* beyond what).*");
            return;
        }
        PlaneSchema.check(Json.readObject(call.body()));
    }

    @Provide
    Arbitrary<ConnectRequest> anyRequest() {
        Arbitrary<PlaneOptions> options = Combinators.combine(
                        Arbitraries.of(Set.of("a", "b-1")), Arbitraries.of(true, false), Arbitraries.of(true, false))
                .as((word, staticToken, keyed) -> {
                    PlaneOptions.Builder builder = PlaneOptions.builder()
                            .backendId(word)
                            .subdomain(word)
                            .pool(word)
                            .network(word);
                    return (keyed ? builder.keyTag(word).namespace(word) : builder)
                            .staticToken(staticToken)
                            .build();
                });
        return Combinators.combine(Requests.any(), options.injectNull(0.5), Arbitraries.of(true, false))
                .as((request, plane, plain) -> {
                    ConnectRequest.Builder builder = request.toBuilder();
                    if (plane != null) {
                        builder.plane(plane);
                    }
                    return plain && request.spawn() ? builder.spawn(named()).build() : builder.build();
                });
    }

    private static SpawnOptions named() {
        return SpawnOptions.builder().tag("v1").cluster("host:81").mount(true).build();
    }

    @Provide
    Arbitrary<PlaneSettings> anySettings() {
        return Combinators.combine(
                        Arbitraries.of("x", "h:1/x:2").injectNull(0.1), Arbitraries.of(PlaneSettings.PullPolicy.class))
                .as((image, policy) -> {
                    PlaneSettings.Builder settings = PlaneSettings.builder(URI.create("http://h"));
                    return (image == null ? settings : settings.image(image))
                            .pullPolicy(policy)
                            .registry("u", "p")
                            .build();
                });
    }
}
