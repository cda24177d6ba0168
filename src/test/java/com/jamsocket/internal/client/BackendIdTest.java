package com.jamsocket.internal.client;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.jamsocket.Jamsocket;
import com.jamsocket.PlaneControl;
import com.jamsocket.TerminationKind;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackendIdTest {

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ".", "..", "/", "a/b", "../x"})
    void anIdThatWouldBeAnotherPathIsRefusedAtTheCall(String id) {
        try (Jamsocket client = Jamsocket.dev(1);
                PlaneControl control = PlaneControl.of(URI.create("http://127.0.0.1:1"))) {
            assertThatIllegalArgumentException().isThrownBy(() -> client.status(id));
            assertThatIllegalArgumentException().isThrownBy(() -> client.terminate(id, TerminationKind.SOFT));
            assertThatIllegalArgumentException().isThrownBy(() -> client.statusStream(id, state -> {}));
            assertThatIllegalArgumentException().isThrownBy(() -> client.statusPublisher(id));
            assertThatIllegalArgumentException().isThrownBy(() -> client.awaitReady(id, Duration.ofSeconds(1)));
            assertThatIllegalArgumentException().isThrownBy(() -> client.awaitTerminated(id, Duration.ofSeconds(1)));
            assertThatIllegalArgumentException().isThrownBy(() -> client.async().status(id));
            assertThatIllegalArgumentException().isThrownBy(() -> control.revoke(id, "ann"));
        }
    }
}
