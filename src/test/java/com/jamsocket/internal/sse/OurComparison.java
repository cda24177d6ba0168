package com.jamsocket.internal.sse;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** Our own column of docs/sse-comparison.md. */
@Tag("comparison")
@ExtendWith(ComparisonTable.class)
class OurComparison extends HttpEventSourceContractTest {}
