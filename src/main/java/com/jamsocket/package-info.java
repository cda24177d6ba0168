/**
 * The client and its vocabulary.
 */
@NullMarked
package com.jamsocket;

import org.jspecify.annotations.NullMarked;
