/**
 * What the client costs: harnesses that measure it against bare clients, each candidate in JVMs of its own, alternating
 * in one run, against a stub server in another process. docs/performance.md has the commands and what they found.
 */
package com.jamsocket.bench;
