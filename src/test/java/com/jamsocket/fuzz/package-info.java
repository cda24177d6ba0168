/**
 * What the client and the development server read from others, given anything at all: {@link
 * com.jamsocket.fuzz.FuzzTarget} has the readers, {@link com.jamsocket.fuzz.CorpusTest} gives them the inputs in
 * src/test/corpus, and {@link com.jamsocket.fuzz.FuzzRun} has Jazzer look for more.
 */
@NullMarked
package com.jamsocket.fuzz;

import org.jspecify.annotations.NullMarked;
