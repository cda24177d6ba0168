package com.example.documents;

import jakarta.enterprise.context.RequestScoped;
import java.util.concurrent.atomic.AtomicInteger;

/** A bean that lives as long as a request. */
@RequestScoped
public class RequestNumber {

    private static final AtomicInteger LAST = new AtomicInteger();

    private final int number = LAST.incrementAndGet();

    public int number() {
        return number;
    }
}
