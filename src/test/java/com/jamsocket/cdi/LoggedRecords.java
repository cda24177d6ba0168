package com.jamsocket.cdi;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What this package logs at warning level while it is open, kept off the console. */
final class LoggedRecords extends Handler implements AutoCloseable {

    // Held here, because the logging of the JDK forgets loggers nobody holds.
    private final Logger logger = Logger.getLogger("com.jamsocket.cdi");
    private final List<LogRecord> warnings = new CopyOnWriteArrayList<>();

    LoggedRecords() {
        logger.addHandler(this);
        logger.setUseParentHandlers(false);
    }

    List<LogRecord> warnings() {
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
