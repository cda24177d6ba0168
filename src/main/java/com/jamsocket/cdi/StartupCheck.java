package com.jamsocket.cdi;

import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketConfigurationException;
import com.jamsocket.internal.cdi.ApplicationScan;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.spi.BeanContainer;
import jakarta.enterprise.inject.spi.ObserverMethod;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What can be told when an application starts, rather than when it is used. */
final class StartupCheck {

    private static final Logger LOG = System.getLogger("com.jamsocket.cdi");

    private final ClientFactory factory;
    private final BeanContainer container;
    private final @Nullable ApplicationScan scan;
    private final Clients clients;

    StartupCheck(ClientFactory factory, BeanContainer container, @Nullable ApplicationScan scan, Clients clients) {
        this.factory = factory;
        this.container = container;
        this.scan = scan;
        this.clients = clients;
    }

    /**
     * Logs what is wrong.
     *
     * @throws JamsocketConfigurationException with {@code jamsocket.fail-fast=true}, for what would fail the first use
     */
    void run() {
        warnOfDevServer();
        warnOfUncalledObservers();
        checkSettings();
    }

    private void warnOfDevServer() {
        try {
            if (factory.hasUnusedDevServer()
                    && !isSetUpInCode(Clients.DEFAULT)
                    && used().stream().noneMatch(this::isSetUpInCode)) {
                LOG.log(
                        Level.WARNING,
                        "JAMSOCKET-103 The development server is in this application, but no setting asks for one"
                                + " (jamsocket.dev): leave the dependency with the"
                                + " classifier \"dev\" out of what goes to production");
            }
        } catch (RuntimeException e) {
            // What is wrong with the settings is told below.
            LOG.log(Level.DEBUG, "Whether this is development cannot be told", e);
        }
    }

    private void warnOfUncalledObservers() {
        JamsocketService any = JamsocketService.Literal.of("any");
        Stream.concat(ClientEvents.samples(), Stream.of(Jamsocket.builder()))
                .flatMap(event -> container.resolveObserverMethods(event, any).stream())
                .flatMap(observer -> servicesOf(observer).map(service -> uncalled(observer, service.value())))
                .distinct()
                .forEach(warning -> LOG.log(Level.WARNING, warning));
    }

    private static Stream<JamsocketService> servicesOf(ObserverMethod<?> observer) {
        return observer.getObservedQualifiers().stream()
                .filter(JamsocketService.class::isInstance)
                .map(JamsocketService.class::cast);
    }

    private static String uncalled(ObserverMethod<?> observer, String name) {
        return "JAMSOCKET-102 An observer of " + observer.getBeanClass().getName()
                + " has the qualifier @JamsocketService(\"" + name
                + "\"), which is for injection and on no event, so that it is never called: write @FromClient(\"" + name
                + "\") instead";
    }

    private void checkSettings() {
        List<String> problems = new ArrayList<>();
        boolean failFast = false;
        try {
            failFast = factory.failsFast();
            for (String name : used()) {
                problems.addAll(problems(name, failFast));
            }
        } catch (JamsocketConfigurationException e) {
            problems.addAll(e.problems());
        } catch (RuntimeException e) {
            if (failFast) {
                throw e;
            }
            // Settings, or beans, that cannot be looked at yet; what is wrong is told by the first use.
            LOG.log(Level.DEBUG, "The settings of Jamsocket cannot be checked", e);
        }
        List<String> distinct = problems.stream().distinct().toList();
        if (!distinct.isEmpty() && failFast) {
            throw new JamsocketConfigurationException(distinct);
        }
        if (!distinct.isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    "JAMSOCKET-101 Settings of Jamsocket are missing or wrong, so that using it will fail: "
                            + String.join("; ", distinct));
        }
    }

    /** Whether the application may have chosen anything for this client, without settings. */
    private boolean isSetUpInCode(String name) {
        return !container
                .resolveObserverMethods(Jamsocket.builder(), FromClient.Literal.of(name))
                .isEmpty();
    }

    /** What code may set up is known when the client is made, and not before. */
    private List<String> problems(String name, boolean failFast) {
        boolean code = isSetUpInCode(name);
        if (!code || !failFast) {
            return factory.problems(name.equals(Clients.DEFAULT) ? null : name, code);
        }
        try {
            var unused = clients.client(name);
            return List.of();
        } catch (JamsocketConfigurationException e) {
            return e.problems();
        }
    }

    /** The names of the clients that the application uses, as far as it shows. */
    private Set<String> used() {
        if (scan == null) {
            return factory.configured();
        }
        return scan.clients().stream()
                .map(this::nameAt)
                .filter(Objects::nonNull)
                .collect(Collectors.toUnmodifiableSet());
    }

    private @Nullable String nameAt(Set<Annotation> qualifiers) {
        boolean own = qualifiers.stream()
                .map(Annotation::annotationType)
                .allMatch(type -> type == Default.class || type == JamsocketService.class || type == Any.class);
        if (!own || qualifiers.equals(Set.of(Any.Literal.INSTANCE)) || isReplaced(qualifiers)) {
            return null;
        }
        return qualifiers.stream()
                .filter(JamsocketService.class::isInstance)
                .map(qualifier -> ((JamsocketService) qualifier).value())
                .findFirst()
                .orElse(Clients.DEFAULT);
    }

    /** Whether the application has a client of its own making there. */
    private boolean isReplaced(Set<Annotation> qualifiers) {
        var bean = container.resolve(container.getBeans(Jamsocket.class, qualifiers.toArray(Annotation[]::new)));
        return bean == null || bean.getBeanClass() != JamsocketProducer.class;
    }
}
