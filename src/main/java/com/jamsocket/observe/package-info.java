/**
 * For those who operate an application: readiness, metrics and traces, each over an API that the application brings and
 * that nothing else of this library needs. What is measured, and under which names, is in docs/operations.md.
 */
@NullMarked
package com.jamsocket.observe;

import org.jspecify.annotations.NullMarked;
