/** The session backend of a whiteboard: one process for each board. It is no part of the application. */
@NullMarked
package com.jamsocket.demo.whiteboard.backend;

import org.jspecify.annotations.NullMarked;
