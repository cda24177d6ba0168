package com.jamsocket.observe;

import java.time.Duration;
import java.util.function.IntSupplier;

/** Where metrics are recorded. The values of tags are in the order of {@link Metric#tags()}. */
interface Meters {

    /** The tag of every metric. */
    String CLIENT = "client";

    /** Counts one more. */
    void count(Metric counter, String client, String... values);

    /** Records a time. */
    void time(Metric timer, Duration time, String client, String... values);

    /** Shows a number from now on, until what is returned is run. */
    Runnable show(Metric gauge, String client, IntSupplier number);
}
