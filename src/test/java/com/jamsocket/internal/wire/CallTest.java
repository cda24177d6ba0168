package com.jamsocket.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotBlank;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallTest {

    @ParameterizedTest
    @CsvSource({
        "knrv5, knrv5",
        "A-z_0.9~, A-z_0.9~",
        "s?v#c, s%3Fv%23c",
        "a/../b, a%2F..%2Fb",
        "., %2E",
        ".., %2E%2E",
        "..., ...",
        "%, %25",
        "%2F, %252F",
        "'a b', a%20b",
        "a;b=c, a%3Bb%3Dc",
        "a\\b, a%5Cb",
        "ü, %C3%BC",
        "😀, %F0%9F%98%80",
    })
    void encodesASegmentSoThatItIsNothingElse(String text, String encoded) {
        assertThat(Call.segment(text)).isEqualTo(encoded);
    }

    @Property(tries = 300)
    void aSegmentStaysOneSegment(@ForAll @NotBlank String text) {
        URI uri = URI.create("http://host/base/" + Call.segment(text) + "/status");
        assertThat(uri.normalize()).isEqualTo(uri);
        assertThat(uri.getRawPath().split("/")).hasSize(4);
        assertThat(uri.getRawQuery()).isNull();
        assertThat(uri.getRawFragment()).isNull();
    }

    @Test
    void namesItselfWithoutItsBody() {
        Call call = new Call("POST", "v2/x", "{\"auth\":{\"token\":\"t\"}}", true, null, false);
        assertThat(call).hasToString("POST v2/x");
    }
}
