/** The vocabulary in JSON-B: what it takes to read and write it with any Jsonb, in the shape of the JavaScript types. */
@NullMarked
package com.jamsocket.json;

import org.jspecify.annotations.NullMarked;
