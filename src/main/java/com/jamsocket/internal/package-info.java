/** The inside of the client. Nothing below this package is for applications; it may change in any release. */
@NullMarked
package com.jamsocket.internal;

import org.jspecify.annotations.NullMarked;
