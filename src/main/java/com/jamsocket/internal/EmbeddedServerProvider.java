package com.jamsocket.internal;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Starts development servers in this JVM. The client has none in its jar and finds it as a service. */
public interface EmbeddedServerProvider {

    /**
     * A running server, on a free port.
     *
     * @throws IllegalArgumentException if the options make no sense
     */
    Server start(Options options);

    /**
     * What is to run.
     *
     * @param command what is started for each backend, as one line; null for backends that echo
     * @param watched what ends backends when it changes
     */
    record Options(@Nullable String command, List<Path> watched) {

        /** The defaults. */
        public static final Options NONE = new Options(null, List.of());

        /** Copies the list. */
        public Options {
            watched = List.copyOf(watched);
        }
    }

    /** A running server. */
    interface Server {

        /** The base address for clients of either dialect. */
        URI url();

        /** Ends it. */
        void close();
    }
}
