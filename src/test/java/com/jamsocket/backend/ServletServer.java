package com.jamsocket.backend;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ServletInfo;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import io.undertow.websockets.jsr.WebSocketDeploymentInfo;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import java.net.InetSocketAddress;
import java.util.EventListener;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** A server with servlets and WebSockets, on this machine alone. */
public final class ServletServer implements AutoCloseable {

    /** Held here, because the logging of the JDK forgets loggers nobody holds. */
    private static final List<Logger> QUIET = Stream.of("io.undertow", "org.xnio", "org.jboss.threads")
            .map(Logger::getLogger)
            .toList();

    static {
        // A refused handshake is an error to the server, and so is a socket that is open when it stops.
        QUIET.forEach(logger -> logger.setLevel(Level.OFF));
    }

    private final DeploymentInfo deployment = Servlets.deployment()
            .setDeploymentName("backend")
            .setContextPath("/")
            .setClassLoader(ServletServer.class.getClassLoader());
    private final WebSocketDeploymentInfo webSockets =
            new WebSocketDeploymentInfo().setBuffers(new DefaultByteBufferPool(false, 1024));

    private Undertow server;
    private DeploymentManager manager;

    public ServletServer filter(Filter filter, String path) {
        String name = filter.getClass().getName();
        deployment
                .addFilter(Servlets.filter(name, filter.getClass(), new ImmediateInstanceFactory<>(filter))
                        .setAsyncSupported(true))
                .addFilterUrlMapping(name, path, DispatcherType.REQUEST);
        return this;
    }

    public ServletServer servlet(Servlet servlet, String path) {
        String name = servlet.getClass().getName();
        deployment.addServlet(Servlets.servlet(name, servlet.getClass(), new ImmediateInstanceFactory<>(servlet))
                .addMapping(path));
        return this;
    }

    public ServletServer servlet(Class<? extends Servlet> servlet, String path, Map<String, String> parameters) {
        ServletInfo info = Servlets.servlet(servlet).addMapping(path).setAsyncSupported(true);
        parameters.forEach(info::addInitParam);
        deployment.addServlet(info);
        return this;
    }

    public ServletServer listener(Class<? extends EventListener> listener) {
        deployment.addListener(Servlets.listener(listener));
        return this;
    }

    public ServletServer endpoint(Class<?> endpoint) {
        webSockets.addEndpoint(endpoint);
        return this;
    }

    /** Serves, and gives the port. */
    public int start() throws ServletException {
        return start(0);
    }

    /** Serves on this port, and gives it. */
    public int start(int port) throws ServletException {
        deployment.addServletContextAttribute(WebSocketDeploymentInfo.ATTRIBUTE_NAME, webSockets);
        manager = Servlets.newContainer().addDeployment(deployment);
        manager.deploy();
        server = Undertow.builder()
                .addHttpListener(port, "127.0.0.1", manager.start())
                .setIoThreads(1)
                .setWorkerThreads(16)
                .setServerOption(UndertowOptions.SHUTDOWN_TIMEOUT, 100)
                .build();
        server.start();
        return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    }

    @Override
    public void close() throws ServletException {
        // Sockets first: once nobody reads any more, a container waits 10 s for the last ones to be closed.
        manager.stop();
        manager.undeploy();
        server.stop();
    }
}
