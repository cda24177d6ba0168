package com.jamsocket.internal.cdi;

import com.jamsocket.Jamsocket;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.EventMetadata;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.enterprise.inject.spi.ProcessInjectionPoint;
import jakarta.enterprise.inject.spi.ProcessObserverMethod;
import jakarta.enterprise.inject.spi.ProcessSyntheticObserverMethod;
import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/**
 * Takes down what the application observes and injects. It changes nothing.
 *
 * <p>Source: Jakarta CDI 4.0, "Portable extensions".
 */
public class ApplicationScan implements Extension {

    private final Collection<Observer> observers = new CopyOnWriteArrayList<>();
    private final Collection<Set<Annotation>> clients = new CopyOnWriteArrayList<>();

    /** What an observer may receive, and may see of it. */
    private record Observer(Class<?> type, Set<Class<? extends Annotation>> qualifiers, boolean readsMetadata) {

        static Observer of(ProcessObserverMethod<?, ?> found) {
            var method = found.getObserverMethod();
            boolean readsMetadata = found instanceof ProcessSyntheticObserverMethod<?, ?>
                    || found.getAnnotatedMethod().getParameters().stream()
                            .anyMatch(parameter -> parameter.getBaseType() == EventMetadata.class);
            return new Observer(
                    raw(method.getObservedType()),
                    method.getObservedQualifiers().stream()
                            .map(Annotation::annotationType)
                            .collect(Collectors.toUnmodifiableSet()),
                    readsMetadata);
        }

        private static Class<?> raw(Type type) {
            if (type instanceof Class<?> raw) {
                return raw;
            }
            return type instanceof ParameterizedType parameterized ? raw(parameterized.getRawType()) : Object.class;
        }
    }

    void found(@Observes ProcessObserverMethod<?, ?> observer) {
        observers.add(Observer.of(observer));
    }

    void found(@Observes ProcessInjectionPoint<?, Jamsocket> client) {
        add(client.getInjectionPoint());
    }

    void foundLookup(@Observes ProcessInjectionPoint<?, Instance<Jamsocket>> client) {
        add(client.getInjectionPoint());
    }

    private void add(InjectionPoint client) {
        clients.add(Set.copyOf(client.getQualifiers()));
    }

    /** Whether an observer of events of this class chooses by a qualifier of this type. */
    public boolean isChosenBy(Class<? extends Annotation> qualifier, Class<?> event) {
        return observers.stream()
                .anyMatch(observer -> observer.type().isAssignableFrom(event)
                        && observer.qualifiers().contains(qualifier));
    }

    /** Whether an observer of events of this class can see all of their qualifiers. */
    public boolean readsMetadata(Class<?> event) {
        return observers.stream()
                .anyMatch(observer -> observer.type().isAssignableFrom(event) && observer.readsMetadata());
    }

    /** The qualifiers of each place where a client is injected. */
    public List<Set<Annotation>> clients() {
        return List.copyOf(clients);
    }
}
