package com.jamsocket.cdi;

import com.jamsocket.internal.cdi.ApplicationScan;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;

/** Weld SE with the beans of this client, without looking for those of tests. */
public final class BenchContainer {

    private BenchContainer() {}

    /** A container whose client is that of the server on a port, with more beans. */
    public static SeContainer start(int port, Class<?>... beans) {
        System.setProperty("jamsocket.dev", "true");
        System.setProperty("jamsocket.dev-port", String.valueOf(port));
        return SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addExtensions(new ApplicationScan())
                .addBeanClasses(Clients.class, ClientFactory.class, JamsocketProducer.class)
                .addBeanClasses(beans)
                .initialize();
    }
}
