package com.jamsocket.cdi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.jamsocket.testkit.Schedules;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ClientSlotRacesTest {

    private static final OpenClient CLIENT = new OpenClient(null, null, () -> {});

    @Test
    void makesOneClientForAllWhoAskAtTheSameTime() {
        Schedules.explore(() -> {
            ClientSlot slot = new ClientSlot(new ClientSlot.Making());
            AtomicInteger made = new AtomicInteger();
            Runnable ask = () -> slot.get(() -> {
                made.incrementAndGet();
                return CLIENT;
            });
            Schedules.together(ask, ask);
            assertEquals(1, made.get());
        });
    }

    /** Two observers of builders that use each other's client: one of them may be refused, none waits for ever. */
    @Test
    void letsOneOfTwoClientsThatNeedEachOtherBeMade() {
        Schedules.explore(() -> {
            ClientSlot.Making makings = new ClientSlot.Making();
            ClientSlot one = new ClientSlot(makings);
            ClientSlot other = new ClientSlot(makings);
            AtomicInteger refused = new AtomicInteger();
            Schedules.together(() -> make(one, other, refused), () -> make(other, one, refused));
            assertTrue(refused.get() < 2);
        });
    }

    private static void make(ClientSlot slot, ClientSlot needed, AtomicInteger refused) {
        try {
            slot.get(() -> needed.get(() -> CLIENT));
        } catch (IllegalStateException refusal) {
            refused.incrementAndGet();
        }
    }
}
