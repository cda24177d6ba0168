package com.jamsocket.internal.dev.cluster;

/**
 * What a client gets.
 *
 * @param backend the backend
 * @param spawned whether it was started for this
 * @param token the way in
 */
public record ConnectResult(Backend backend, boolean spawned, Token token) {}
