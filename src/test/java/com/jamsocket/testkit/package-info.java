/**
 * What tests of several packages share: one way to wait, one recorder for each kind of thing, one life of a backend.
 */
package com.jamsocket.testkit;
