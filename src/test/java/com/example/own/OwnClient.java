package com.example.own;

import com.jamsocket.Jamsocket;
import com.jamsocket.PlaneSettings;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.interceptor.Interceptor;
import java.net.URI;

/** Makes the client of Plane's dialect, whatever the settings say. */
@ApplicationScoped
@Alternative
@Priority(Interceptor.Priority.APPLICATION)
public class OwnClient {

    @Produces
    @ApplicationScoped
    @Typed(Jamsocket.class)
    Jamsocket client() {
        URI controller = URI.create(System.getenv("JAMSOCKET_CLIENTS_ROOMS_PLANE_URL"));
        return Jamsocket.builder()
                .plane(PlaneSettings.builder(controller).image("example/own:1").build())
                .build();
    }

    void close(@Disposes Jamsocket client) {
        client.close();
    }
}
