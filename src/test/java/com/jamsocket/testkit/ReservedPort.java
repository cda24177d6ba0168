package com.jamsocket.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/**
 * A port of this machine that the system gives to nobody else, for a socket is bound to it that does not listen:
 * connections are refused, unless a server is told of the port. Linux lets one listen beside that socket, again and
 * again; elsewhere the port is given up to the first.
 */
public final class ReservedPort implements AutoCloseable {

    private final Socket holder = new Socket();
    private final int number;

    public ReservedPort() {
        try {
            // Which allows others to ask for this number, but not the system to choose it for them.
            holder.setReuseAddress(true);
            holder.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        number = holder.getLocalPort();
    }

    /** Its number, for clients. */
    public int number() {
        return number;
    }

    /** Its number, for what is to listen there. */
    public int forServer() {
        if (!System.getProperty("os.name").equals("Linux")) {
            close();
        }
        return number;
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + number);
    }

    @Override
    public void close() {
        try {
            holder.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
