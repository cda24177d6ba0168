package com.jamsocket.internal.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventStreamDecoderTest {

    /** The cases that the web platform tests call format-*, in our words: a stream, and the data it carries. */
    static Stream<Arguments> formats() {
        return Stream.of(
                format("bom", "\uFEFFdata:first\n\n\uFEFFdata:not a field\n\ndata:last\n\n", "first", "last"),
                format("characters that begin like a bom", "\uFEC0data:no\ndata:a\n\n", "a"),
                format("characters that begin less like a bom", "\uF000data:no\ndata:a\n\n", "a"),
                format("bom-2", "\uFEFF\uFEFFdata:not a field\n\ndata:last\n\n", "last"),
                format(
                        "comments",
                        "data:a\n:\n: data:no\ndata:b\n:" + "-".repeat(5000) + "\r:\0\rdata:c\n\n",
                        "a\nb\nc"),
                format("data-before-final-empty-line", "data:whole\n\nevent:x\ndata:cut", "whole"),
                format("field-data", "data\n\ndata:\n\ndata\ndata:\n\ndata:x\n\n", "", "", "\n", "x"),
                format(
                        "field-parsing",
                        "DATA:1\n data:2\ndata "
                                + ":3\ndata\0:4\n\0data:5\ndat:6\ndatas:7\ndata:a:b\rdata::c\r\ndata:  d \n\n",
                        "a:b\n:c\n d "),
                format("field-unknown", "unknown:1\ndata:x\nno colon here\ntopic:y\n\n", "x"),
                format("leading-space", "data: one\ndata:  two\ndata:\tthree\ndata: \n\n", "one\n two\n\tthree\n"),
                format("newlines", "data:1\ndata:2\rdata:3\r\ndata:4\r\r\ndata:5\n\r", "1\n2\n3\n4", "5"),
                format("null-character", "data:\0a\0\n\n", "\0a\0"),
                format("utf-8", "data:ä€😀\n\n", "ä€😀"),
                format("empty stream", ""),
                format("blank lines only", "\n\r\r\n\n"),
                format("colon without a value", "data:\n\n", ""),
                format("unfinished line", "data:1\n\ndata:2\n", "1"));
    }

    private static Arguments format(String name, String stream, String... data) {
        return Arguments.of(name, stream, List.of(data));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("formats")
    void readsTheFormatsOfTheStandard(String name, String stream, List<String> data) {
        assertThat(events(decode(stream))).extracting(ReceivedEvent::data).containsExactlyElementsOf(data);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("formats")
    void readsThemByteByByteAsWell(String name, String stream, List<String> data) {
        byte[] bytes = stream.getBytes(UTF_8);
        List<ByteBuffer> chunks = new ArrayList<>();
        for (byte each : bytes) {
            chunks.add(ByteBuffer.wrap(new byte[] {each}));
        }
        assertThat(events(decode(decoder(), chunks)))
                .extracting(ReceivedEvent::data)
                .containsExactlyElementsOf(data);
    }

    @ParameterizedTest
    @MethodSource
    void endsLinesWith(String lineEnd) {
        List<ReceivedEvent> events = events(decode("event:e@id:1@data:a@data:b@@data:c@@".replace("@", lineEnd)));
        assertThat(events)
                .containsExactly(new ReceivedEvent("1", "e", "a\nb", null), new ReceivedEvent(null, null, "c", null));
    }

    static Stream<String> endsLinesWith() {
        return Stream.of("\n", "\r", "\r\n");
    }

    @Test
    void namesAnEventAfterItsLastTypeAndForgetsItAfterwards() {
        assertThat(events(decode("event:a\nevent: b \ndata:1\n\ndata:2\n\nevent:a\nevent\ndata:3\n\n")))
                .extracting(ReceivedEvent::name)
                .containsExactly("b ", null, null);
    }

    @Test
    void dropsTheTypeOfABlockWithoutData() {
        assertThat(events(decode("event:a\n\ndata:1\n\n"))).containsExactly(new ReceivedEvent(null, null, "1", null));
    }

    @Test
    void keepsTheLastIdUntilAnotherIsGivenOrItIsReset() {
        EventStreamDecoder decoder = decoder();
        decode(decoder, "id:1\ndata:a\n\ndata:b\n\n");
        assertThat(decoder.lastEventId()).isEqualTo("1");
        decode(decoder, "id\ndata:c\n\n");
        assertThat(decoder.lastEventId()).isEmpty();
    }

    @Test
    void ignoresAnIdWithANullCharacter() {
        EventStreamDecoder decoder = decoder();
        assertThat(events(decode(decoder, "id:1\ndata:a\n\nid:2\0x\ndata:b\n\n")))
                .extracting(ReceivedEvent::id)
                .containsExactly("1", null);
        assertThat(decoder.lastEventId()).isEqualTo("1");
    }

    @Test
    void takesAnIdOnlyAtTheBlankLine() {
        EventStreamDecoder decoder = new EventStreamDecoder(100, "before");
        decode(decoder, "id:ready\ndata:half");
        assertThat(decoder.lastEventId()).isEqualTo("before");
        decode(decoder, "\n");
        assertThat(decoder.lastEventId()).isEqualTo("before");
        decode(decoder, "\n");
        assertThat(decoder.lastEventId()).isEqualTo("ready");
    }

    @Test
    void takesAnIdOfABlockWithoutData() {
        EventStreamDecoder decoder = decoder();
        assertThat(decode(decoder, "id:7\n\n")).isEmpty();
        assertThat(decoder.lastEventId()).isEqualTo("7");
    }

    @Test
    void reportsCommentsAsTheyCome() {
        assertThat(decode(":\n\n: hello\ndata:1\n:\n\n"))
                .containsExactly(
                        new Signal.Comment(),
                        new Signal.Comment(),
                        new Signal.Comment(),
                        new ReceivedEvent(null, null, "1", null));
    }

    @Test
    void takesARetryOfDigitsOnlyAndAtOnce() {
        assertThat(decode("retry:10\nretry:1x\nretry: 20\nretry:-3\nretry\nretry:1.5\nretry:١\n"))
                .containsExactly(new Signal.Retry(Duration.ofMillis(10)), new Signal.Retry(Duration.ofMillis(20)));
    }

    @Test
    void takesARetryBeyondAllNumbersAsVeryLong() {
        assertThat(decode("retry:" + "9".repeat(40) + "\n"))
                .containsExactly(new Signal.Retry(Duration.ofMillis(Long.MAX_VALUE)));
    }

    @Test
    void givesTheRetryToItsEventOnly() {
        assertThat(events(decode("retry:5\ndata:1\n\ndata:2\n\n")))
                .extracting(ReceivedEvent::isReconnectDelaySet, ReceivedEvent::getReconnectDelay)
                .containsExactly(tuple(true, 5L), tuple(false, ReceivedEvent.RECONNECT_NOT_SET));
    }

    @Test
    void replacesInvalidUtf8() {
        byte[] stream = {
            'd',
            'a',
            't',
            'a',
            ':',
            (byte) 0xE2,
            (byte) 0x82,
            '\n',
            'd',
            'a',
            't',
            'a',
            ':',
            (byte) 0xFF,
            'x',
            '\n',
            '\n'
        };
        assertThat(events(decode(decoder(), List.of(ByteBuffer.wrap(stream)))))
                .extracting(ReceivedEvent::data)
                .containsExactly("\uFFFD\n\uFFFDx");
    }

    @Test
    void acceptsALineAndAnEventOfTheLimit() throws EventTooLongException {
        EventStreamDecoder decoder = new EventStreamDecoder(10, "");
        assertThat(decoder.next(bytes("data:12345\ndata:1234\n\n")))
                .isEqualTo(new ReceivedEvent(null, null, "12345\n1234", null));
    }

    @Test
    void refusesALineOverTheLimitInOnePieceOrMany() {
        assertThatThrownBy(() -> new EventStreamDecoder(10, "").next(bytes("data:123456\n\n")))
                .isInstanceOf(EventTooLongException.class)
                .hasMessageContaining("10 bytes");
        EventStreamDecoder decoder = new EventStreamDecoder(10, "");
        assertThatThrownBy(() -> {
                    decoder.next(bytes("data:12"));
                    decoder.next(bytes("3456"));
                })
                .isInstanceOf(EventTooLongException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"data:", ":", "unknown"})
    void takesLittleMoreThanTheLimitOfAnEndlessLine(String start) {
        com.sun.management.ThreadMXBean memory = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        EventStreamDecoder decoder = decoder();
        ByteBuffer chunk = bytes("x".repeat(16 * 1024));
        decode(decoder, start);
        long before = memory.getCurrentThreadAllocatedBytes();
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 6400; i++) {
                        decoder.next(chunk.rewind());
                    }
                })
                .isInstanceOf(EventTooLongException.class);
        // The array that keeps the line doubles up to the limit of 1 MiB.
        assertThat(memory.getCurrentThreadAllocatedBytes() - before).isLessThan(4 << 20);
    }

    @Test
    void refusesAnEventOfShortLinesOverTheLimit() {
        EventStreamDecoder decoder = new EventStreamDecoder(10, "");
        assertThatThrownBy(() -> decoder.next(bytes("data:1234\ndata:5678\ndata:9\n\n")))
                .isInstanceOf(EventTooLongException.class);
    }

    @Test
    void forgetsTheLengthOfAnEventWithTheEvent() throws EventTooLongException {
        EventStreamDecoder decoder = new EventStreamDecoder(20, "");
        ByteBuffer many = bytes("data:123456789\n\n".repeat(50));
        for (int i = 0; i < 50; i++) {
            assertThat(decoder.next(many)).isNotNull();
        }
    }

    private static EventStreamDecoder decoder() {
        return new EventStreamDecoder(1 << 20, "");
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8)).asReadOnlyBuffer();
    }

    private static List<Signal> decode(String stream) {
        return decode(decoder(), stream);
    }

    private static List<Signal> decode(EventStreamDecoder decoder, String stream) {
        return decode(decoder, List.of(bytes(stream)));
    }

    static List<Signal> decode(EventStreamDecoder decoder, List<ByteBuffer> chunks) {
        List<Signal> signals = new ArrayList<>();
        try {
            for (ByteBuffer chunk : chunks) {
                for (Signal signal = decoder.next(chunk); signal != null; signal = decoder.next(chunk)) {
                    signals.add(signal);
                }
                assertThat(chunk.hasRemaining()).isFalse();
            }
        } catch (EventTooLongException tooLong) {
            throw new AssertionError(tooLong);
        }
        return signals;
    }

    private static List<ReceivedEvent> events(List<Signal> signals) {
        return signals.stream()
                .filter(ReceivedEvent.class::isInstance)
                .map(ReceivedEvent.class::cast)
                .toList();
    }
}
