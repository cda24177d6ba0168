package com.example.operated.health;

import com.jamsocket.Jamsocket;
import com.jamsocket.observe.JamsocketReadiness;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.Readiness;

@Readiness
@ApplicationScoped
public class ServerReadiness extends JamsocketReadiness {

    @Inject
    Jamsocket jamsocket;

    @Override
    protected Jamsocket client() {
        return jamsocket;
    }
}
