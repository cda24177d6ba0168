package com.example.backend;

// snippet: idle
import com.jamsocket.backend.IdleTimeout;
import java.time.Duration;

public final class Computer {

    private final IdleTimeout idle = IdleTimeout.after(Duration.ofMinutes(10), () -> System.exit(0));

    public void compute(Runnable task) {
        try (IdleTimeout.Use use = idle.use()) {
            task.run();
        }
    }
}
// end
