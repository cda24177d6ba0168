package com.jamsocket;

import com.jamsocket.internal.Values;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Limits for the process of a backend. Immutable; made by {@link #builder()}; what is not set is not limited. */
public final class ResourceLimits {

    private static final int MAX_CPU_PERCENT = 255;

    private final @Nullable Duration cpuPeriod;
    private final @Nullable Integer cpuPeriodPercent;
    private final @Nullable Duration cpuTimeLimit;
    private final @Nullable Long memoryLimitBytes;
    private final @Nullable Long diskLimitBytes;

    private ResourceLimits(Builder builder) {
        this.cpuPeriod = builder.cpuPeriod;
        this.cpuPeriodPercent = builder.cpuPeriodPercent;
        this.cpuTimeLimit = builder.cpuTimeLimit;
        this.memoryLimitBytes = builder.memoryLimitBytes;
        this.diskLimitBytes = builder.diskLimitBytes;
    }

    /** A builder with no limits. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder with everything of these limits. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.cpuPeriod = cpuPeriod;
        builder.cpuPeriodPercent = cpuPeriodPercent;
        builder.cpuTimeLimit = cpuTimeLimit;
        builder.memoryLimitBytes = memoryLimitBytes;
        builder.diskLimitBytes = diskLimitBytes;
        return builder;
    }

    /** The period over which CPU time is shared out, in whole microseconds, or null (100 ms on Plane). */
    public @Nullable Duration cpuPeriod() {
        return cpuPeriod;
    }

    /** The share of each period, in percent of one CPU (0 to 255), or null. */
    public @Nullable Integer cpuPeriodPercent() {
        return cpuPeriodPercent;
    }

    /** The CPU time in all, in whole seconds, or null. */
    public @Nullable Duration cpuTimeLimit() {
        return cpuTimeLimit;
    }

    /** Memory, in bytes, or null. */
    public @Nullable Long memoryLimitBytes() {
        return memoryLimitBytes;
    }

    /** Disk space, in bytes, or null. */
    public @Nullable Long diskLimitBytes() {
        return diskLimitBytes;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ResourceLimits that && parts().equals(that.parts());
    }

    @Override
    public int hashCode() {
        return parts().hashCode();
    }

    @Override
    public String toString() {
        return "ResourceLimits[cpuPeriod=" + cpuPeriod + ", cpuPeriodPercent=" + cpuPeriodPercent + ", cpuTimeLimit="
                + cpuTimeLimit + ", memoryLimitBytes=" + memoryLimitBytes + ", diskLimitBytes=" + diskLimitBytes + "]";
    }

    private List<@Nullable Object> parts() {
        return Arrays.asList(cpuPeriod, cpuPeriodPercent, cpuTimeLimit, memoryLimitBytes, diskLimitBytes);
    }

    /** Builds {@link ResourceLimits}; not safe for use by several threads at once. */
    public static final class Builder {

        private @Nullable Duration cpuPeriod;
        private @Nullable Integer cpuPeriodPercent;
        private @Nullable Duration cpuTimeLimit;
        private @Nullable Long memoryLimitBytes;
        private @Nullable Long diskLimitBytes;

        private Builder() {}

        /**
         * The period over which CPU time is shared out.
         *
         * @throws IllegalArgumentException if it is not positive or not of whole microseconds
         */
        public Builder cpuPeriod(Duration period) {
            Values.requirePositive(period, "cpuPeriod");
            if (!period.truncatedTo(ChronoUnit.MICROS).equals(period)) {
                throw new IllegalArgumentException("cpuPeriod must be of whole microseconds, not " + period);
            }
            this.cpuPeriod = period;
            return this;
        }

        /**
         * The share of each period, in percent of one CPU.
         *
         * @throws IllegalArgumentException if it is not from 0 to 255, which is what Plane can hold
         */
        public Builder cpuPeriodPercent(int percent) {
            if (percent < 0 || percent > MAX_CPU_PERCENT) {
                throw new IllegalArgumentException("cpuPeriodPercent must be from 0 to 255, not " + percent);
            }
            this.cpuPeriodPercent = percent;
            return this;
        }

        /**
         * The CPU time in all.
         *
         * @throws IllegalArgumentException if it is not positive, not of whole seconds, or over 2,147,483,647 s
         */
        public Builder cpuTimeLimit(Duration limit) {
            this.cpuTimeLimit = Values.requireSeconds(limit, "cpuTimeLimit");
            return this;
        }

        /**
         * Memory.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder memoryLimitBytes(long bytes) {
            this.memoryLimitBytes = Values.requirePositive(bytes, "memoryLimitBytes");
            return this;
        }

        /**
         * Disk space.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder diskLimitBytes(long bytes) {
            this.diskLimitBytes = Values.requirePositive(bytes, "diskLimitBytes");
            return this;
        }

        /** The limits. */
        public ResourceLimits build() {
            return new ResourceLimits(this);
        }
    }
}
