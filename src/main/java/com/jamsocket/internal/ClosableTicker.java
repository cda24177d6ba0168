package com.jamsocket.internal;

/** A ticker that ends with whom it belongs to. */
public interface ClosableTicker extends Ticker, AutoCloseable {

    /** Drops what is not due yet, and refuses more. */
    @Override
    void close();
}
