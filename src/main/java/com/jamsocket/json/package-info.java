/**
 * The vocabulary in JSON-B: what it takes to read and write it with any {@code Jsonb}, in the shape of the JavaScript
 * types. {@link com.jamsocket.json.JamsocketJsonb} is the entry point, needed only where annotations are passed over;
 * everything here is thin over one mapping.
 */
@NullMarked
package com.jamsocket.json;

import org.jspecify.annotations.NullMarked;
