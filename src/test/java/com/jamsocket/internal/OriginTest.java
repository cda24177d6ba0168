package com.jamsocket.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which addresses are of one origin (RFC 6454, section 4). */
class OriginTest {

    @ParameterizedTest
    @CsvSource({
        "http://api.example/a, http://api.example:80/b, true",
        "https://api.example/, https://API.example:443/, true",
        "HTTPS://api.example/, https://api.example/, true",
        "https://api.example/, http://api.example/, false",
        "https://api.example/, https://api.example:80/, false",
        "http://api.example/, http://other.example/, false",
        "http://api.example/, /elsewhere, false"
    })
    void isOfSchemeHostAndPort(URI one, URI other, boolean same) {
        assertThat(Origin.of(one).equals(Origin.of(other))).isEqualTo(same);
    }
}
