/** The dashboard of the development server: one page, and what it is told and asks for. */
@NullMarked
package com.jamsocket.internal.dev.page;

import org.jspecify.annotations.NullMarked;
