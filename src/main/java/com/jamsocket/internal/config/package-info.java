/**
 * Settings by name, from wherever the surroundings keep them, read into a client's builder.
 * {@link com.jamsocket.internal.config.SettingsReader} is the entry point.
 */
@NullMarked
package com.jamsocket.internal.config;

import org.jspecify.annotations.NullMarked;
