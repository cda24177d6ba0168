package com.jamsocket;

import java.io.Serial;
import java.util.ArrayList;
import java.util.List;

/** The settings of a client are missing or wrong. Thrown when the client is made, before anything is sent. */
public final class JamsocketConfigurationException extends JamsocketException {

    @Serial
    private static final long serialVersionUID = 1L;

    // A type that can be serialized.
    private final ArrayList<String> problems;

    /**
     * An exception that names every problem at once.
     *
     * @param problems a sentence each, at least one
     */
    public JamsocketConfigurationException(List<String> problems) {
        super("The Jamsocket client cannot be made: " + String.join("; ", problems), null);
        this.problems = new ArrayList<>(problems);
    }

    /** Every missing or wrong setting, with the places where it was looked for: a sentence each, at least one. */
    public List<String> problems() {
        return List.copyOf(problems);
    }
}
