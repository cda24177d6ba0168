package com.example.documents;

import javax.naming.InitialContext;
import javax.naming.NamingException;

/** What code of the application was told on some thread, and what it found around it. */
public class Observation {

    /** Which code. */
    public String observer;

    public String backend;
    public String status;

    /** What was known of the backend. */
    public String known;

    /** Whether the thread's context class loader found the application's classes. */
    public boolean applicationLoader;

    /** Whether a request context was active. */
    public boolean requestContext;

    /** The name of the module in the naming context; absent where there was none. */
    public String module;

    public String thread;

    /** What there is on this thread. */
    static Observation here(String observer) {
        Observation here = new Observation();
        here.observer = observer;
        here.applicationLoader = loaderIsOfApplication();
        here.module = moduleName();
        here.thread = Thread.currentThread().getName();
        return here;
    }

    private static boolean loaderIsOfApplication() {
        try {
            return Class.forName(
                            Observation.class.getName(),
                            false,
                            Thread.currentThread().getContextClassLoader())
                    == Observation.class;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    @SuppressWarnings("BanJNDI") // The name is a constant of the platform.
    private static String moduleName() {
        try {
            return InitialContext.doLookup("java:module/ModuleName");
        } catch (NamingException e) {
            return null;
        }
    }
}
