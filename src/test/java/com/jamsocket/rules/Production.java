package com.jamsocket.rules;

import com.jamsocket.Jamsocket;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.LocationProvider;
import java.util.Set;

/** Where the classes are that users get: beside the client's. The demo is built among them but not delivered. */
final class Production implements LocationProvider, ImportOption {

    @Override
    public Set<Location> get(Class<?> testClass) {
        return Set.of(Location.of(
                Jamsocket.class.getProtectionDomain().getCodeSource().getLocation()));
    }

    @Override
    public boolean includes(Location location) {
        return !location.contains("/com/jamsocket/demo/");
    }
}
