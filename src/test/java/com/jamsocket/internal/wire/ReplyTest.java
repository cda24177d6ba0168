package com.jamsocket.internal.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is seen of an answer before it is read. */
class ReplyTest {

    @ParameterizedTest
    @CsvSource({"identity,", "' Identity ',", "'',", "gzip, gzip", "' GZIP', gzip"})
    void aCodingIsOneThatWasNotAskedFor(String header, String coding) {
        Reply reply = Reply.of(200, name -> name.equals("content-encoding") ? header : null, new byte[0]);

        assertThat(reply.contentCoding()).isEqualTo(coding);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'<html>' | true",
                "' \n<p>' | true",
                "'{}' | false",
                "'' | false",
                "'  \n' | false",
                "'ä<p>' | false"
            })
    void aPageBeginsWithMarkup(String body, boolean page) {
        assertThat(Reply.of(502, name -> null, body.getBytes(UTF_8)).isPage()).isEqualTo(page);
    }

    @Test
    void showsNothingOfItsBodyAndHeaders() {
        assertThat(Reply.of(200, name -> "S3CRET", "S3CRET".getBytes(UTF_8))).hasToString("Reply[200]");
    }
}
