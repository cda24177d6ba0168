package com.jamsocket.internal.dev.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that pass by, and those that are read: the same however their bytes are cut. */
class MessageBodyTest {

    private static final String BEHIND = "GET / HTTP/1.1";

    @ParameterizedTest
    @CsvSource({
        "'0\\r\\n\\r\\n', ''",
        "'3\\r\\nabc\\r\\n0\\r\\n\\r\\n', abc",
        "'00003\\r\\nabc\\r\\nA\\r\\n0123456789\\r\\n0\\r\\n\\r\\n', abc0123456789",
        "'3;name=value\\r\\nabc\\r\\n0 ; x\\r\\nTrailer: x\\r\\nOther: y\\r\\n\\r\\n', abc",
        "'3 \\r\\nabc\\r\\n0\\t\\r\\n\\r\\n', abc",
        "'2\\r\\n\\r\\n\\r\\n0\\r\\n\\r\\n', '\\r\\n'"
    })
    void chunksEndWhereTheySay(String escaped, String escapedContent) throws ProtocolException {
        String framed = unescaped(escaped);
        for (int cut = 0; cut <= framed.length(); cut++) {
            Passing passing = new Passing();
            String rest = passing.take(framed.substring(0, cut)) + passing.take(framed.substring(cut) + BEHIND);

            assertThat(rest).isEqualTo(BEHIND);
            assertThat(passing.passed.toString(ISO_8859_1)).isEqualTo(framed);
            assertThat(passing.read.toString(ISO_8859_1)).isEqualTo(unescaped(escapedContent));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n",
                ";name\r\n",
                " 3\r\n",
                "x\r\n",
                "-1\r\n",
                "0x3\r\n",
                "0000000000000000",
                "1ffffffffffffffff",
                "3 5\r\n",
                "3\tx\r\n",
                "3 x;name\r\n",
                "3\r\nabcd",
                "3\r\nabc\n",
                "3\r\nabc\r\r",
                "3\r\nabc\r\n\r\n",
                "3\n",
                "3\rabc",
                "3\r\r\n",
                "3;name\n",
                "3;na\rme\r\n",
                "3;\n3\r\n",
                "0\r\n\n",
                "0\r\n\r\r\n",
                "0\r\nX: y\n",
                "0\r\nX: y\rz\r\n"
            })
    void whatIsNoChunkIsRefused(String framed) {
        Passing whole = new Passing();
        assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> whole.take(framed));
        Passing byteByByte = new Passing();
        assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> {
            for (int i = 0; i < framed.length(); i++) {
                byteByByte.take(framed.substring(i, i + 1));
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"3;", "0\r\nX: "})
    void aLineWithoutEndIsRefused(String beginning) throws ProtocolException {
        Passing passing = new Passing();
        passing.take(beginning);
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> passing.take("x".repeat(16 * 1024 + 1)))
                .withMessageContaining("too long");
    }

    @Test
    void trailersMayBeMany() throws ProtocolException {
        Passing passing = new Passing();
        passing.take("0\r\n");
        for (int i = 0; i < 10_000; i++) {
            passing.take("Name" + i + ": value\r\n");
        }
        assertThat(passing.take("\r\n" + BEHIND)).isEqualTo(BEHIND);
    }

    private static String unescaped(String text) {
        return text.translateEscapes();
    }

    /** One body that is passed on, and the same one read. */
    private static final class Passing {
        private final MessageBody passes = MessageBody.chunked();
        private final MessageBody reads = MessageBody.chunked();
        private final ByteArrayOutputStream passed = new ByteArrayOutputStream();
        private final ByteArrayOutputStream read = new ByteArrayOutputStream();

        /** Takes bytes, and gives those that do not belong to the body. */
        String take(String text) throws ProtocolException {
            ByteBuffer toPass = ByteBuffer.wrap(text.getBytes(ISO_8859_1));
            ByteBuffer toRead = toPass.duplicate();
            ProtocolException failure = null;
            try {
                ByteBuffer taken = passes.take(toPass);
                passed.write(taken.array(), taken.arrayOffset() + taken.position(), taken.remaining());
            } catch (ProtocolException e) {
                failure = e;
            }
            try {
                while (toRead.hasRemaining() && !reads.isComplete()) {
                    reads.read(toRead, read);
                }
                assertThat(failure).isNull();
            } catch (ProtocolException e) {
                assertThat(failure).hasMessage(e.getMessage());
                throw e;
            }
            assertThat(reads.isComplete()).isEqualTo(passes.isComplete());
            assertThat(toRead.position()).isEqualTo(toPass.position());
            return ISO_8859_1.decode(toPass).toString();
        }
    }
}
