package com.jamsocket.dev;

/**
 * What a client gets.
 *
 * @param backend the backend
 * @param spawned whether it was started for this
 * @param token the way in
 */
record Connected(DevBackend backend, boolean spawned, Token token) {}
