package com.jamsocket.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.jamsocket.BackendState;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application may have no JSON-B at all: then the annotations of the vocabulary must do no harm. */
class WithoutJsonbTest {

    private static ClassLoader alone() {
        URL classes = BackendState.class.getProtectionDomain().getCodeSource().getLocation();
        return new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BackendState",
                "BackendState$Ready",
                "BackendState$Unknown",
                "BackendStatus",
                "TerminationReason",
                "TerminationKind",
                "ConnectRequest",
                "ConnectResponse"
            })
    void theVocabularyCanBeLoadedAndReflectedOn(String name) throws Exception {
        Class<?> type = Class.forName("com.jamsocket." + name, true, alone());
        assertThat(type.getAnnotations()).isEmpty();
        assertThat(type.getDeclaredMethods()).isNotEmpty();
    }

    @Test
    void theVocabularyCanBeUsed() throws Exception {
        Class<?> ready = Class.forName("com.jamsocket.BackendState$Ready", true, alone());
        Object state = ready.getConstructor(Instant.class).newInstance(Instant.EPOCH);
        assertThat(state).hasToString("Ready[time=1970-01-01T00:00:00Z]");
        assertThat(ready.getMethod("statusName").invoke(state)).isEqualTo("ready");
    }

    @Test
    void thereIsNoJsonbIndeed() {
        assertThatExceptionOfType(ClassNotFoundException.class)
                .isThrownBy(() -> Class.forName("jakarta.json.bind.Jsonb", false, alone()));
    }
}
