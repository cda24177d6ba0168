package com.example.operated.telemetry;

/** A backend, and the traces around the call that connected to it. */
public class Traced {

    public String backend;
    public String trace;

    /** The span around the call. */
    public String span;

    /** That of a continuation of the call; null if it had none. */
    public String continued;
}
