package com.jamsocket.test;

import jakarta.inject.Inject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.TestAbortedException;

/** Gives each test its server. One for all tests: what is of one is in the store of its context. */
final class JamsocketExtension implements BeforeEachCallback, AfterEachCallback, ParameterResolver {

    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(JamsocketExtension.class);

    private JamsocketExtension() {}

    @Override
    public void beforeEach(ExtensionContext context) throws IllegalAccessException {
        TestedServer tested = TestedServer.start(annotation(context), setup(context), faults(context));
        context.getStore(NAMESPACE).put(TestedServer.class, tested);
        for (Object instance : context.getRequiredTestInstances().getAllInstances()) {
            for (Class<?> type = instance.getClass(); type != null; type = type.getSuperclass()) {
                setFields(type, instance, tested);
            }
        }
    }

    private static void setFields(Class<?> type, Object instance, TestedServer tested) throws IllegalAccessException {
        for (Field field : type.getDeclaredFields()) {
            if (tested.has(field.getType())
                    && !Modifier.isStatic(field.getModifiers())
                    && !Modifier.isFinal(field.getModifiers())
                    && !AnnotationSupport.isAnnotated(field, Inject.class)) {
                field.setAccessible(true);
                field.set(instance, tested.get(field.getType()));
            }
        }
    }

    private static JamsocketTest annotation(ExtensionContext context) {
        return found(context)
                .findFirst()
                .orElseThrow(() -> new ExtensionConfigurationException("there is no @JamsocketTest"));
    }

    /** That of the method comes first, then those of the classes around it, inside out. */
    private static Stream<JamsocketTest> found(ExtensionContext context) {
        return Stream.concat(
                AnnotationSupport.findAnnotation(context.getRequiredTestMethod(), JamsocketTest.class).stream(),
                classes(context).stream()
                        .flatMap(type -> AnnotationSupport.findAnnotation(type, JamsocketTest.class).stream()));
    }

    private static List<Class<?>> classes(ExtensionContext context) {
        List<Class<?>> classes = new ArrayList<>();
        for (Class<?> type = context.getRequiredTestClass(); type != null; type = type.getEnclosingClass()) {
            classes.add(type);
        }
        return classes;
    }

    private static List<InjectFault> faults(ExtensionContext context) {
        List<InjectFault> faults = new ArrayList<>();
        for (Class<?> type : classes(context)) {
            faults.addAll(0, AnnotationSupport.findRepeatableAnnotations(type, InjectFault.class));
        }
        faults.addAll(AnnotationSupport.findRepeatableAnnotations(context.getRequiredTestMethod(), InjectFault.class));
        return faults;
    }

    private static ServerSetup setup(ExtensionContext context) {
        Class<? extends ServerSetup> type = annotation(context).setup();
        try {
            Constructor<? extends ServerSetup> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new ExtensionConfigurationException(
                    type.getName() + " has no constructor without parameters that works", e);
        }
    }

    private static TestedServer tested(ExtensionContext context) {
        return context.getStore(NAMESPACE).get(TestedServer.class, TestedServer.class);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getTestMethod().isPresent()
                && TestedServer.knows(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return tested(context).get(parameter.getParameter().getType());
    }

    /** Reports here, as this is called also where a method before the test fails: the server still has it all. */
    @Override
    public void afterEach(ExtensionContext context) {
        try (TestedServer tested = context.getStore(NAMESPACE).remove(TestedServer.class, TestedServer.class)) {
            if (tested != null
                    && context.getExecutionException()
                            .filter(failure -> !(failure instanceof TestAbortedException))
                            .isPresent()) {
                System.err.println(context.getDisplayName() + " failed.\n" + tested.report());
            }
        }
    }
}
