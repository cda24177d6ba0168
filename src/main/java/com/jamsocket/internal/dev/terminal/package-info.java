/** What the development server shows in a terminal, and what it reads there: lines, a live table, keys. */
@NullMarked
package com.jamsocket.internal.dev.terminal;

import org.jspecify.annotations.NullMarked;
