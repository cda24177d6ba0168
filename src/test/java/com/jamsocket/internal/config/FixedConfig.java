package com.jamsocket.internal.config;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigBuilder;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;

/** Hands out what stands in a source, even if that is empty, and refuses any other question. */
final class FixedConfig extends ConfigProviderResolver {

    private final Config config;

    FixedConfig(Map<String, String> values) {
        config = (Config) Proxy.newProxyInstance(
                FixedConfig.class.getClassLoader(),
                new Class<?>[] {Config.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getOptionalValue" -> Optional.ofNullable(values.get((String) arguments[0]));
                    case "getPropertyNames" -> values.keySet();
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    @Override
    public Config getConfig() {
        return config;
    }

    @Override
    public Config getConfig(ClassLoader loader) {
        return config;
    }

    @Override
    public ConfigBuilder getBuilder() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void registerConfig(Config config, ClassLoader loader) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void releaseConfig(Config config) {
        throw new UnsupportedOperationException();
    }
}
