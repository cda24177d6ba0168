/** Status streams as users have them, against the development server: conformance, faults, closing and scale. */
@NullMarked
package com.jamsocket.streams;

import org.jspecify.annotations.NullMarked;
