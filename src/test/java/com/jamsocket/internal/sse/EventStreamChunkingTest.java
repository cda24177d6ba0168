package com.jamsocket.internal.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class EventStreamChunkingTest {

    @Property(tries = 500)
    void anyChunkingGivesTheSameSignals(
            @ForAll("streams") byte[] stream, @ForAll @Size(min = 1, max = 20) List<@IntRange(max = 9) Integer> cuts) {
        EventStreamDecoder whole = new EventStreamDecoder(1 << 20, "");
        EventStreamDecoder cut = new EventStreamDecoder(1 << 20, "");

        List<Signal> expected = EventStreamDecoderTest.decode(whole, List.of(ByteBuffer.wrap(stream)));
        List<Signal> signals = EventStreamDecoderTest.decode(cut, chunks(stream, cuts));

        assertThat(signals).isEqualTo(expected);
        assertThat(cut.lastEventId()).isEqualTo(whole.lastEventId());
    }

    @Provide
    Arbitrary<byte[]> streams() {
        Arbitrary<byte[]> words = Arbitraries.of(
                        "data:", "data: ", "data", "id:", "id", "event:", "retry:", "42", ":", "\n", "\n\n", "\r",
                        "\r\n", "\r\r", "\uFEFF", "\0", "x", " ", "é", "…", "😀", "foo:bar")
                .map(word -> word.getBytes(UTF_8));
        Arbitrary<byte[]> noise = Arbitraries.bytes().array(byte[].class).ofMaxSize(3);
        return Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(9, words), net.jqwik.api.Tuple.of(1, noise))
                .list()
                .ofMaxSize(60)
                .map(EventStreamChunkingTest::joined);
    }

    private static byte[] joined(List<byte[]> parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        parts.forEach(all::writeBytes);
        return all.toByteArray();
    }

    /** Cuts after so many bytes each, the list of lengths repeated; a length of zero gives an empty chunk. */
    private static List<ByteBuffer> chunks(byte[] stream, List<Integer> lengths) {
        List<ByteBuffer> chunks = new ArrayList<>();
        int position = 0;
        for (int i = 0; position < stream.length; i++) {
            // All lengths may be zero: then every round takes one byte at last.
            int wanted = i > 0 && i % lengths.size() == 0 ? 1 : lengths.get(i % lengths.size());
            int length = Math.min(wanted, stream.length - position);
            chunks.add(ByteBuffer.wrap(stream, position, length).slice());
            position += length;
        }
        return chunks;
    }
}
