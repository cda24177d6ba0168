package com.jamsocket.test;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jamsocket.dev.ProcessBackend;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Backends that keep the contract, and that break it in each way. */
class BackendContractTest {

    @Test
    void aBackendThatKeepsItPasses() {
        BackendContract.verify(ProcessBackend.command());
    }

    @Test
    void oneThatDoesNotAnswerFails() {
        // Within which a JVM has started on a busy machine, too, and its line has been read.
        BackendContract mute =
                BackendContract.of(ProcessBackend.command("mute")).readyTimeout(Duration.ofSeconds(5));

        assertThatThrownBy(mute::verify)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("it does not answer HTTP on the port that PORT names within 5 s")
                .hasMessageContaining("started mute");
    }

    @Test
    void oneThatIgnoresTheSignalFails() {
        BackendContract stubborn =
                BackendContract.of(ProcessBackend.command("stubborn")).grace(Duration.ofSeconds(1));

        assertThatThrownBy(stubborn::verify)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("it does not end within 1 s after a SIGTERM");
    }

    @Test
    void oneThatAnswersStrangersFailsWhereItMustNot() {
        BackendContract open = BackendContract.of(ProcessBackend.command()).refusingStrangersAt("/export");

        assertThatThrownBy(open::verify)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("it answers a request without a secret at /export with 200");
    }

    @Test
    void oneThatCannotAnswerAUserFails() {
        BackendContract failing = BackendContract.of(ProcessBackend.command("failing"));

        assertThatThrownBy(failing::verify)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("it does not answer a user whose name is not ASCII, but with 500");
    }

    @Test
    void oneThatRefusesStrangersPasses() {
        BackendContract.of(ProcessBackend.command("guarded"))
                .refusingStrangersAt("/export")
                .verify();
    }

    @Test
    void oneThatHasAListenerForUpgradesPasses() {
        BackendContract.of(ProcessBackend.command("listening"))
                .refusingStrangersAt("/export")
                .verify();
    }

    @Test
    void whatCannotBeVerifiedIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(BackendContract::of);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BackendContract.of("node").refusingStrangersAt("export"))
                .withMessageContaining("export");
    }
}
