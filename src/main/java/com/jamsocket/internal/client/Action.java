package com.jamsocket.internal.client;

import com.jamsocket.internal.wire.Call;
import java.util.function.Supplier;

/**
 * A call that has been checked and is left to be made, on whichever thread.
 *
 * @param call what goes over the wire
 * @param attempt makes the call and understands the answer
 */
record Action<T>(Call call, Supplier<T> attempt) {}
