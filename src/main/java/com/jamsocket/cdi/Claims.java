package com.jamsocket.cdi;

import com.jamsocket.internal.SerialExecutor;
import com.jamsocket.internal.Ticker;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/**
 * The claims of this node on the backends of one client. The store is called once at a time for a backend, be it left
 * and followed again, and a few times at once for all of them: while it hangs, other code of the application has
 * threads.
 */
final class Claims {

    /** Half of the threads of our own. */
    private static final int LANES = 4;

    private static final Logger LOG = System.getLogger("com.jamsocket.cdi");

    private final FollowClaim store;
    private final Ticker ticker;
    private final List<SerialExecutor> lanes;

    /** Claims of which the store is called on these threads. */
    Claims(FollowClaim store, Ticker ticker, Executor threads) {
        this.store = store;
        this.ticker = ticker;
        this.lanes = Stream.generate(() -> lane(threads)).limit(LANES).toList();
    }

    private static SerialExecutor lane(Executor threads) {
        return new SerialExecutor(
                threads,
                () -> {},
                failure -> LOG.log(Level.DEBUG, "A claim has led to nothing: its client is closed, maybe", failure));
    }

    /** The claim on a backend, which is not asked for yet. */
    Claim on(String backendId, Claim.Holder holder) {
        return new Claim(store, holder, ticker, lanes.get(Math.floorMod(backendId.hashCode(), LANES)));
    }
}
