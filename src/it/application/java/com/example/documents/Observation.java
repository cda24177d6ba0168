package com.example.documents;

/** What an observer was told, and what it found around it. */
public class Observation {

    /** Which of the observers. */
    public String observer;

    public String backend;
    public String status;

    /** Whether the thread's context class loader found the application's classes. */
    public boolean applicationLoader;

    /** Whether a request context was active. */
    public boolean requestContext;

    /** The name of the module in the naming context; absent where there was none. */
    public String module;

    public String thread;
}
