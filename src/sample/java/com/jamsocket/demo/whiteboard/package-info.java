/**
 * A whiteboard for several people, as a Jakarta EE application: {@link com.jamsocket.demo.whiteboard.Boards} asks for a
 * backend for each board, {@link com.jamsocket.demo.whiteboard.Statuses} tells the page how that is, and the page talks
 * to the backend, which is in {@code backend}. {@link com.jamsocket.demo.whiteboard.Whiteboard} runs it by itself.
 */
@NullMarked
package com.jamsocket.demo.whiteboard;

import org.jspecify.annotations.NullMarked;
