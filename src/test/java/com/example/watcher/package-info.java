/**
 * An application that stays deployed while others come and go, and says what they left behind. It has nothing of the
 * jar; the others leave it a weak reference to their class loader where the whole JVM can see it.
 */
package com.example.watcher;
