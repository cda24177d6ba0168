package com.jamsocket.internal.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.GenericType;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReceivedEventTest {
    private final ReceivedEvent event = new ReceivedEvent("1", "name", "secret é", null);

    @Test
    void readsTextAndBytes() {
        assertThat(event.readData()).isEqualTo("secret é");
        assertThat(event.readData(String.class)).isEqualTo("secret é");
        assertThat(event.readData(CharSequence.class, MediaType.TEXT_PLAIN_TYPE))
                .isEqualTo("secret é");
        assertThat(event.readData(byte[].class)).isEqualTo("secret é".getBytes(UTF_8));
        assertThat(event.readData(new GenericType<String>() {})).isEqualTo("secret é");
        assertThat(event.readData(new GenericType<String>() {}, MediaType.TEXT_PLAIN_TYPE))
                .isEqualTo("secret é");
    }

    @Test
    void saysWhatToDoAboutOtherTypes() {
        assertThatThrownBy(() -> event.readData(Integer.class))
                .isInstanceOf(ProcessingException.class)
                .hasMessageContaining("java.lang.Integer")
                .hasMessageContaining("read it as String");
        assertThatThrownBy(() -> event.readData(new GenericType<List<String>>() {}))
                .isInstanceOf(ProcessingException.class);
    }

    @Test
    void showsItsParts() {
        assertThat(event.getId()).isEqualTo("1");
        assertThat(event.getName()).isEqualTo("name");
        assertThat(event.getComment()).isNull();
        assertThat(event.isEmpty()).isFalse();
        assertThat(new ReceivedEvent(null, null, "", null).isEmpty()).isTrue();
    }

    @Test
    void keepsItsDataOutOfLogs() {
        assertThat(event.toString()).contains("id=1", "8 characters").doesNotContain("secret");
    }
}
