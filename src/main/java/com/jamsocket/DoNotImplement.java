package com.jamsocket;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an interface that applications use but must not implement: methods may be added to it in any minor version,
 * which breaks a class that implements it.
 *
 * <p>Proxies that pass on whatever is called, such as those of CDI and of mocking libraries, are safe. For a test there
 * is a development server in {@code com.jamsocket.dev}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface DoNotImplement {}
