package com.jamsocket.testkit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What a logger logs at warning level while this is open, kept off the console. The root logger's name is empty. */
public final class LogRecorder extends Handler implements AutoCloseable {

    // Held here, because the logging of the JDK forgets loggers nobody holds.
    private final Logger logger;
    private final List<LogRecord> warnings = new CopyOnWriteArrayList<>();

    public LogRecorder(String name) {
        logger = Logger.getLogger(name);
        logger.addHandler(this);
        logger.setUseParentHandlers(false);
    }

    public List<LogRecord> warnings() {
        return warnings;
    }

    @Override
    public void publish(LogRecord entry) {
        if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
            warnings.add(entry);
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setUseParentHandlers(true);
    }
}
