package com.example.operated.meters;

import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The client's meters in the server's registry. */
@Path("operated/meters")
public class MetersResource {

    /** Ours; servers add tags of their own. */
    private static final Set<String> TAGS = Set.of("client", "operation", "outcome", "status", "how", "type");

    @Inject
    MeterRegistry registry;

    /** The first number of each, by its name and the values of its tags. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Map<String, Double> meters() {
        Map<String, Double> found = new LinkedHashMap<>();
        for (Meter meter : registry.getMeters()) {
            Meter.Id id = meter.getId();
            if (id.getName().startsWith("jamsocket.")) {
                StringBuilder name = new StringBuilder(id.getName());
                id.getTags().stream().filter(tag -> TAGS.contains(tag.getKey())).forEach(tag -> name.append(' ')
                        .append(tag.getValue()));
                for (Measurement measurement : meter.measure()) {
                    found.putIfAbsent(name.toString(), measurement.getValue());
                }
            }
        }
        return found;
    }
}
