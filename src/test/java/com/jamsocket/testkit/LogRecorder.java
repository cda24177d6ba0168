package com.jamsocket.testkit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;

/**
 * What a logger logs at warning level, or another, while this is open, kept off the console. The root logger's name is
 * empty.
 */
public final class LogRecorder extends Handler implements AutoCloseable {

    // Held here, because the logging of the JDK forgets loggers nobody holds.
    private final Logger logger;
    private final @Nullable Level before;
    private final List<LogRecord> entries = new CopyOnWriteArrayList<>();

    public LogRecorder(String name) {
        this(name, Level.WARNING);
    }

    /** Records what is logged at this level and above. */
    public LogRecorder(String name, Level level) {
        setLevel(level);
        logger = Logger.getLogger(name);
        before = logger.getLevel();
        if (level.intValue() < Level.INFO.intValue()) {
            logger.setLevel(level);
        }
        logger.addHandler(this);
        logger.setUseParentHandlers(false);
    }

    public List<LogRecord> warnings() {
        return entries.stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .toList();
    }

    /** All that was recorded, as it would be printed. */
    public List<String> texts() {
        return entries.stream().map(new SimpleFormatter()::format).toList();
    }

    @Override
    public void publish(LogRecord entry) {
        if (isLoggable(entry)) {
            entries.add(entry);
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setUseParentHandlers(true);
        logger.setLevel(before);
    }
}
