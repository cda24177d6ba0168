package com.jamsocket.dev;

import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Backends that run somewhere already. */
final class AddressLauncher implements Launcher {

    private final URI address;

    AddressLauncher(URI address) {
        if (!"http".equalsIgnoreCase(address.getScheme()) || address.getHost() == null) {
            throw new IllegalArgumentException("not an address like http://localhost:3000: " + address);
        }
        this.address = address;
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
