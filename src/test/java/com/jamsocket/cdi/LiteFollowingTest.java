package com.jamsocket.cdi;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The same in a container without portable extensions, where nothing is known of the observers. */
class LiteFollowingTest extends FollowingTest {

    @BeforeAll
    static void withoutExtensions() {
        Containers.lite = true;
    }

    @AfterAll
    static void withExtensions() {
        Containers.lite = false;
    }
}
