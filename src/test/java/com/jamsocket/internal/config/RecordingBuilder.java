package com.jamsocket.internal.config;

import com.jamsocket.Jamsocket;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;

/** Notes what a builder is told. */
final class RecordingBuilder {

    final Map<String, Object> calls = new LinkedHashMap<>();

    Jamsocket.Builder builder() {
        return (Jamsocket.Builder) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Jamsocket.Builder.class}, (proxy, method, arguments) -> {
                    Object[] given = arguments == null ? new Object[0] : arguments;
                    switch (given.length) {
                        case 0 -> calls.put(method.getName(), true);
                        case 1 -> calls.put(method.getName(), given[0]);
                        default -> calls.put(method.getName() + " " + given[0], given[1]);
                    }
                    return proxy;
                });
    }
}
