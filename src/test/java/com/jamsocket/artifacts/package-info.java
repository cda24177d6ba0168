/** The packaged jars, as whoever adds them as a dependency has them. */
package com.jamsocket.artifacts;
