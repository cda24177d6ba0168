package com.jamsocket.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.jamsocket.BackendState;
import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.JamsocketProtocolException;
import com.jamsocket.PlaneOptions;
import com.jamsocket.ResourceLimits;
import com.jamsocket.SpawnOptions;
import com.jamsocket.TerminationKind;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JamsocketDialectTest {

    private final JamsocketDialect dialect = new JamsocketDialect("acct", "svc", ServerKind.API);

    private ConnectResponse response(String json) {
        return dialect.connectResponse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void connectsWithNothing() {
        assertThat(dialect.connect(ConnectRequest.builder().build()))
                .isEqualTo(new Call("POST", "v2/service/acct/svc/connect", "{}", true, null, false));
    }

    @Test
    void connectsWithEverything() {
        ConnectRequest request = ConnectRequest.builder()
                .key("doc/42")
                .spawn(SpawnOptions.builder()
                        .tag("v1")
                        .cluster("eu")
                        .lifetimeLimit(Duration.ofHours(10))
                        .maxIdle(Duration.ofMinutes(1))
                        .mount(true)
                        .env("DOC", "42")
                        .resourceLimits(ResourceLimits.builder()
                                .cpuPeriod(Duration.ofMillis(100))
                                .cpuPeriodPercent(50)
                                .cpuTimeLimit(Duration.ofHours(1))
                                .memoryLimitBytes(536870912)
                                .diskLimitBytes(1073741824)
                                .build())
                        .build())
                .user("ann")
                .auth(Map.of("role", "editor"))
                .waitForEnding(Duration.ofSeconds(1))
                .build();
        Call call = dialect.connect(request);
        assertThat(call.body())
                .isEqualTo(
                        """
                        {"key":"doc/42","spawn":{"tag":"v1","cluster":"eu","lifetime_limit_seconds":36000,
                        "max_idle_seconds":60,
                        "executable":{"mount":true,"env":{"DOC":"42"},"resource_limits":{"cpu_period":100000,
                        "cpu_period_percent":50,
                        "cpu_time_limit":3600,"memory_limit_bytes":536870912,"disk_limit_bytes":1073741824}}},
                        "user":"ann","auth":{"role":"editor"}}"""
                                .replace("\n", ""));
        assertThat(call.repeatable()).isTrue();
    }

    @Test
    void connectsWithoutSpawning() {
        ConnectRequest request =
                ConnectRequest.builder().key("doc/42").spawn(false).build();
        assertThat(dialect.connect(request).body()).isEqualTo("{\"key\":\"doc/42\",\"spawn\":false}");
    }

    @Test
    void encodesTheNamesInPaths() {
        assertThat(new JamsocketDialect("a/../b", "s?v#c", ServerKind.API)
                        .connect(ConnectRequest.builder().build())
                        .path())
                .isEqualTo("v2/service/a%2F..%2Fb/s%3Fv%23c/connect");
        assertThat(dialect.status("../x").path()).isEqualTo("v2/backend/..%2Fx/status");
    }

    @Test
    void asksForStatusWithoutCredentials() {
        assertThat(dialect.status("b1")).isEqualTo(new Call("GET", "v2/backend/b1/status", null, false, "b1", true));
        assertThat(dialect.statusStream("b1"))
                .isEqualTo(new Call("GET", "v2/backend/b1/status/stream", null, false, "b1", true));
        assertThat(dialect.learnsOfBackendsLate()).isTrue();
    }

    @Test
    void terminatesSoftAndHard() {
        assertThat(dialect.terminate("b1", TerminationKind.HARD))
                .isEqualTo(new Call("POST", "v2/backend/b1/terminate", "{\"hard\":true}", true, "b1", true));
        assertThat(dialect.terminate("b1", TerminationKind.SOFT).body()).isEqualTo("{\"hard\":false}");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dialect.terminate("b1", TerminationKind.UNKNOWN))
                .withMessageContaining("SOFT or HARD");
    }

    @Test
    void refusesBlankNames() {
        assertThatIllegalArgumentException().isThrownBy(() -> dialect.status(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> dialect.terminate("", TerminationKind.SOFT));
        assertThatIllegalArgumentException().isThrownBy(() -> new JamsocketDialect("", "s", ServerKind.API));
        assertThatIllegalArgumentException().isThrownBy(() -> new JamsocketDialect("a", " ", ServerKind.API));
    }

    @Test
    void countsTheCharactersOfAKeyAsAReaderWould() {
        ConnectRequest longest = ConnectRequest.builder().key("😀".repeat(128)).build();
        assertThat(dialect.connect(longest).body()).contains("😀");
        ConnectRequest tooLong = ConnectRequest.builder().key("k".repeat(129)).build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dialect.connect(tooLong))
                .withMessageContaining("128")
                .withMessageContaining("129");
    }

    @Test
    void refusesWhatOnlyPlaneUnderstands() {
        ConnectRequest request = ConnectRequest.builder()
                .plane(PlaneOptions.builder().pool("p").build())
                .build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dialect.connect(request))
                .withMessageContaining("Plane");
    }

    @Test
    void understandsTheAnswerOfTheHostedApi() {
        assertThat(response("{'backend_id':'knrv5','spawned':true,'status':'scheduled','token':'4ahosrz8D53A',"
                        + "'url':'https://knrv5.p.jamsocket.net/4ahosrz8D53A/','secret_token':'qB9Tky7m10ym',"
                        + "'status_url':'https://api.jamsocket.com/v2/backend/knrv5/status',"
                        + "'ready_url':'https://ready.jamsocket.com/knrv5/4ahosrz8D53A/'}"))
                .isEqualTo(ConnectResponse.builder()
                        .backendId("knrv5")
                        .token("4ahosrz8D53A")
                        .url(URI.create("https://knrv5.p.jamsocket.net/4ahosrz8D53A/"))
                        .secretToken("qB9Tky7m10ym")
                        .statusUrl(URI.create("https://api.jamsocket.com/v2/backend/knrv5/status"))
                        .readyUrl(URI.create("https://ready.jamsocket.com/knrv5/4ahosrz8D53A/"))
                        .build());
    }

    private static final String DEV = "{'backend_id':'be1','status_url':'http://localhost:28181/v2/backend/be1/status',"
            + "'status':'scheduled','spawned':true,'ready_url':'','url':'http://localhost:9090/tokbe1/',"
            + "'secret_token':'sec','token':'tokbe1'}";

    @Test
    void understandsTheAnswerOfADevelopmentServer() {
        ConnectResponse response = response(DEV);
        assertThat(response.readyUrl()).isNull();
        assertThat(response.secretToken()).isEqualTo("sec");
        assertThat(ConnectResponseMapping.write(response))
                .hasToString("{\"backend_id\":\"be1\",\"spawned\":true,\"status\":\"scheduled\",\"token\":\"tokbe1\","
                        + "\"url\":\"http://localhost:9090/tokbe1/\",\"secret_token\":\"sec\","
                        + "\"status_url\":\"http://localhost:28181/v2/backend/be1/status\",\"ready_url\":\"\"}");
    }

    @Test
    void understandsTheAnswerWithAStaticToken() {
        ConnectResponse response = response(DEV.replace("'sec'", "null").replace("'tokbe1'", "'s.AbC'"));
        assertThat(response.secretToken()).isNull();
        assertThat(response.token()).isEqualTo("s.AbC");
    }

    @Test
    void understandsTheAnswerWithoutSecretToken() {
        ConnectResponse response = response(DEV.replace("'secret_token':'sec',", ""));
        assertThat(response.secretToken()).isNull();
        assertThat(ConnectResponseMapping.write(response)).doesNotContainKey("secret_token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'backend_id':'be1',|",
                "'backend_id':'be1'|'backend_id':''",
                "'backend_id':'be1'|'backend_id':7",
                "'status':'scheduled',|",
                "'spawned':true,|",
                "'spawned':true|'spawned':'true'",
                ",'token':'tokbe1'|",
                "'url':'http://localhost:9090/tokbe1/',|",
                "'url':'http://localhost:9090/tokbe1/'|'url':''",
                "'url':'http://localhost:9090/tokbe1/'|'url':'/tokbe1/'",
                "'url':'http://localhost:9090/tokbe1/'|'url':'http://h/ tokbe1/'",
                "'url':'http://localhost:9090/tokbe1/'|'url':'file:///tokbe1'",
                "'url':'http://localhost:9090/tokbe1/'|'url':'mailto:tokbe1'",
                "'ready_url':''|'ready_url':'http://h/{tokbe1'",
                "'ready_url':''|'ready_url':false",
                "'status_url':'http|'status_url':'%",
            })
    void refusesAnAnswerOfAnotherShape(String change) {
        String[] parts = change.split("\\|", -1);
        String json = DEV.replace(parts[0], parts[1]);
        assertThat(json).isNotEqualTo(DEV);
        assertThatExceptionOfType(JamsocketProtocolException.class)
                .isThrownBy(() -> response(json))
                .withMessageNotContaining("tokbe1")
                .withMessageNotContaining("sec\"");
    }

    @Test
    void understandsStates() {
        assertThat(dialect.state("{\"status\":\"ready\",\"time\":1}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(BackendState.ready(Instant.ofEpochMilli(1)));
    }
}
