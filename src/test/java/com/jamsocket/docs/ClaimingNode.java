package com.jamsocket.docs;

import com.jamsocket.cdi.BackendEnd;
import com.jamsocket.cdi.BackendEvent;
import com.jamsocket.cdi.BackendFollower;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.util.concurrent.CountDownLatch;
import org.postgresql.ds.PGSimpleDataSource;

/** A node with the claim of docs/events.md, as a program: it follows a backend and prints what it is told of it. */
public final class ClaimingNode {

    private ClaimingNode() {}

    /** Runs until it is killed; the argument is the id of the backend. */
    public static void main(String... ids) throws InterruptedException {
        try (SeContainer container = SeContainerInitializer.newInstance()
                .addBeanClasses(Claims.class, Log.class)
                .initialize()) {
            for (String id : ids) {
                container.select(BackendFollower.class).get().follow(id);
                System.out.println("follows " + id);
            }
            new CountDownLatch(1).await();
        }
    }

    /** In a server the resource is injected. */
    @ApplicationScoped
    static class Claims extends DatabaseClaim {
        @PostConstruct
        void connect() {
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setURL(System.getProperty("claims.database"));
            database = source;
        }
    }

    @ApplicationScoped
    static class Log {
        void on(@Observes BackendEvent event) {
            System.out.println(
                    (event.history() ? "history " : "live ") + event.state().statusName());
        }

        void on(@Observes BackendEnd end) {
            System.out.println("end");
        }
    }
}
