package com.jamsocket.dev;

import com.jamsocket.internal.config.Addresses;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Backends that run somewhere already. */
final class AddressLauncher implements Launcher {

    private final URI address;

    AddressLauncher(URI address) {
        try {
            this.address = Addresses.require(address);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the address of a backend " + e.getMessage(), e);
        }
        if (!"http".equalsIgnoreCase(address.getScheme())) {
            throw new IllegalArgumentException("the address of a backend must be an http URL");
        }
    }

    @Override
    public LaunchedBackend launch(LaunchRequest request, Consumer<String> log) {
        return new Running(address, new CompletableFuture<>());
    }

    private record Running(URI address, CompletableFuture<Integer> ended) implements LaunchedBackend {

        @Override
        public CompletionStage<Integer> exit() {
            return ended;
        }

        @Override
        public void stop() {
            ended.complete(0);
        }

        @Override
        public void kill() {
            ended.complete(0);
        }
    }
}
