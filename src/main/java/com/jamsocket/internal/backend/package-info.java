/**
 * What the rooms for backends share: who is let in ({@link com.jamsocket.internal.backend.Admission}), and the request
 * that is injected. CDI is used where it is, and not missed elsewhere.
 */
@NullMarked
package com.jamsocket.internal.backend;

import org.jspecify.annotations.NullMarked;
