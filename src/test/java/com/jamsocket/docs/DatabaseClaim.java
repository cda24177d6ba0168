package com.jamsocket.docs;

// snippet: claim
import com.jamsocket.cdi.BackendInfo;
import com.jamsocket.cdi.FollowClaim;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;

@ApplicationScoped
public class DatabaseClaim implements FollowClaim {

    private final String node = UUID.randomUUID().toString();

    @Resource
    DataSource database;

    @Override
    public Answer claim(BackendInfo backend, Duration lease) {
        int claimed = update(
                "INSERT INTO follow_claim (backend, holder, until) VALUES (?, ?, now() + ? * interval '1 second')"
                        + " ON CONFLICT (backend) DO UPDATE SET holder = EXCLUDED.holder, until = EXCLUDED.until"
                        + " WHERE NOT follow_claim.ended AND (follow_claim.holder IS NULL"
                        + " OR follow_claim.holder = EXCLUDED.holder OR follow_claim.until < now())",
                backend.backendId(),
                node,
                lease.toSeconds());
        return claimed == 1 ? Answer.GRANTED : hasEnded(backend) ? Answer.ENDED : Answer.TAKEN;
    }

    @Override
    public boolean renew(BackendInfo backend, Duration lease) {
        return update(
                        "UPDATE follow_claim SET until = now() + ? * interval '1 second'"
                                + " WHERE backend = ? AND holder = ? AND NOT ended",
                        lease.toSeconds(),
                        backend.backendId(),
                        node)
                == 1;
    }

    @Override
    public void release(BackendInfo backend, boolean ended) {
        update(
                "UPDATE follow_claim SET holder = NULL, ended = ? WHERE backend = ? AND holder = ?",
                ended,
                backend.backendId(),
                node);
    }

    private int update(String sql, Object... parameters) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.setQueryTimeout(5);
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean hasEnded(BackendInfo backend) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("SELECT ended FROM follow_claim WHERE backend = ?")) {
            statement.setString(1, backend.backendId());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
// end
