/** A tour of the client with nothing but a JVM: the README's first command. Not part of the jar. */
@NullMarked
package com.jamsocket.demo;

import org.jspecify.annotations.NullMarked;
