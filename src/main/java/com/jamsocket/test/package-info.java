/**
 * For tests of applications with JUnit 5, in the jar with the classifier {@code dev}. {@link
 * com.jamsocket.test.JamsocketTest} is where to begin: a development server and a client of it for each test, in a time
 * that the test moves. {@link com.jamsocket.test.BackendContract} verifies a backend of one's own.
 */
@NullMarked
package com.jamsocket.test;

import org.jspecify.annotations.NullMarked;
