/**
 * What a CDI container that has portable extensions tells of the application while it starts:
 * {@link com.jamsocket.internal.cdi.ApplicationScan}. Elsewhere (CDI Lite) nothing is known, and nothing is needed.
 */
@NullMarked
package com.jamsocket.internal.cdi;

import org.jspecify.annotations.NullMarked;
