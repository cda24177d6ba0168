package com.example.ends;

/** What came of a visit. */
public class Visit {

    /** The backend; null if none was connected to. */
    public String backend;

    public boolean spawned;

    /** The type of what went wrong; null if nothing did. */
    public String failure;
}
