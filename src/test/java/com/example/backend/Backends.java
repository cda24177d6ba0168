package com.example.backend;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Runs what the guide shows, on this machine alone. */
public final class Backends {

    private Backends() {}

    public static HttpServer greeting() throws IOException {
        return GreetingBackend.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    public static void endDrawing() throws IOException {
        Drawing.closeAll();
    }
}
