package com.jamsocket.internal.client;

import com.jamsocket.BackendState;
import com.jamsocket.StatusListener;
import com.jamsocket.StreamEnd;
import com.jamsocket.internal.observe.FlightRecording;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Shows those who operate the application what its streams go through.
 *
 * @param backendId the backend
 * @param listener who is told
 */
record RecordedListener(String backendId, StatusListener listener) implements StatusListener {

    @Override
    public void onState(BackendState state) {
        listener.onState(state);
    }

    @Override
    public void onReconnecting(int attempt, Duration delay, @Nullable Throwable cause) {
        FlightRecording.reconnecting(backendId, attempt, delay, cause);
        listener.onReconnecting(attempt, delay, cause);
    }

    @Override
    public void onEnd(StreamEnd end) {
        FlightRecording.ended(
                backendId,
                end.getClass().getSimpleName(),
                end instanceof StreamEnd.Failed failed ? failed.cause() : null);
        listener.onEnd(end);
    }
}
