package com.jamsocket.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.cdi.BackendInfo;
import com.jamsocket.cdi.FollowClaim;
import com.jamsocket.cdi.FollowClaim.Answer;
import com.jamsocket.testkit.PostgreSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The table and the statements of docs/events.md, on PostgreSQL. {@code ClaimIT} has nodes that are killed. */
@Timeout(60)
class ClaimTest {

    private static final Duration LEASE = Duration.ofSeconds(30);

    /** A lease that is over when it begins. */
    private static final Duration OVER = Duration.ofSeconds(-1);

    private static PostgreSql server;

    private final BackendInfo backend = BackendInfo.builder("b1").build();
    private final FollowClaim first = node();
    private final FollowClaim second = node();

    @BeforeAll
    static void start() throws Exception {
        server = PostgreSql.start();
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    private static FollowClaim node() {
        DatabaseClaim claim = new DatabaseClaim();
        claim.database = server.database();
        return claim;
    }

    @BeforeEach
    void makeTheTable() throws SQLException {
        try (Connection connection = server.database().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS follow_claim");
            statement.execute(
                    Page.of("docs/events.md").block("sql", "Several nodes").text());
        }
    }

    @Test
    void oneNodeHasIt() {
        assertThat(first.claim(backend, LEASE)).isEqualTo(Answer.GRANTED);
        assertThat(second.claim(backend, LEASE)).isEqualTo(Answer.TAKEN);
        assertThat(first.claim(backend, LEASE)).isEqualTo(Answer.GRANTED);
        assertThat(first.renew(backend, LEASE)).isTrue();
        assertThat(second.renew(backend, LEASE)).isFalse();
    }

    @Test
    void anotherOneHasItWhenTheLeaseIsOver() {
        assertThat(first.claim(backend, OVER)).isEqualTo(Answer.GRANTED);
        assertThat(second.claim(backend, LEASE)).isEqualTo(Answer.GRANTED);
        assertThat(first.renew(backend, LEASE)).isFalse();
    }

    @Test
    void anotherOneHasItWhenItIsReleased() {
        assertThat(first.claim(backend, LEASE)).isEqualTo(Answer.GRANTED);
        second.release(backend, true); // which is not its own
        first.release(backend, false);
        assertThat(second.claim(backend, LEASE)).isEqualTo(Answer.GRANTED);
    }

    @Test
    void nobodyHasItAfterTheEnd() {
        assertThat(first.claim(backend, LEASE)).isEqualTo(Answer.GRANTED);
        first.release(backend, true);
        assertThat(first.claim(backend, LEASE)).isEqualTo(Answer.ENDED);
        assertThat(second.claim(backend, LEASE)).isEqualTo(Answer.ENDED);
        assertThat(first.renew(backend, LEASE)).isFalse();
    }
}
