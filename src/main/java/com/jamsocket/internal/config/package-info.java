/**
 * Settings by name, from wherever the surroundings keep them, read into a client's builder; validation of their values.
 * {@link com.jamsocket.internal.config.Setting} is the table of settings,
 * {@link com.jamsocket.internal.config.SettingsReader} reads them.
 */
@NullMarked
package com.jamsocket.internal.config;

import org.jspecify.annotations.NullMarked;
