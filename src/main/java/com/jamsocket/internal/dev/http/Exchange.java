package com.jamsocket.internal.dev.http;

import java.util.Map;
import java.util.function.Consumer;

/** One request and the way to answer it. On the loop's thread only. */
public interface Exchange {

    /** The request. */
    HttpRequest request();

    /** Answers; the connection then goes on to its next request. */
    void reply(HttpReply reply);

    /**
     * Begins an event stream.
     *
     * @param headers its headers, beside those of every event stream
     * @param gone called when the client has left, or the stream was ended otherwise
     * @return sends whole blocks, each with the line that ends it
     */
    Consumer<String> stream(Map<String, String> headers, Runnable gone);

    /** Has another server answer; only for a request that was handed over with its head. */
    void relay(RelayedRequest relayed);

    /** The address of the client. */
    String remoteAddress();

    /** Calls back when the client leaves without an answer; at once if it has left. */
    void whenGone(Runnable gone);

    /** Whether the answer is still awaited. */
    boolean isOpen();

    /** Ends the connection: with a reset, or in good order after what was sent. */
    void drop(boolean reset);

    /** From now on bytes are sent one by one. */
    void slowDown();
}
