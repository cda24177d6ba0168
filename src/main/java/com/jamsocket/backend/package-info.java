/**
 * For backends written in Java: what the platform tells a process about itself and about those who reach it. It needs
 * no client. {@link com.jamsocket.backend.VerifiedRequest} reads a request's headers,
 * {@link com.jamsocket.backend.BackendEnvironment} the variables of the process.
 */
@NullMarked
package com.jamsocket.backend;

import org.jspecify.annotations.NullMarked;
