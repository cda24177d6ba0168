package com.jamsocket.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.dev.TerminalPageTest;
import com.jamsocket.docs.Page.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Programs, statements and output of pages: each is named here with the test that runs it, or makes it. */
class ProgramsTest {

    private static final String SOCKET_IO =
            "docs/browser.md: const { origin, pathname } = new URL(connectResponse.url)";

    private static final Map<String, Set<Class<?>>> RUN = Map.of(
            "README.md: import { SessionBackend } from './jamsocket/session-backend.js'",
            Set.of(ScriptsPageTest.class),
            "docs/browser.md: import { SessionBackend } from './jamsocket/session-backend.js'",
            Set.of(ScriptsPageTest.class),
            SOCKET_IO,
            Set.of(ProgramsTest.class),
            "docs/dev-server.md: const http = require('node:http')",
            Set.of(CommandsRunTest.class),
            "docs/backend-languages.md: import { createServer } from 'node:http'",
            Set.of(BackendLanguagesTest.class, CommandsRunTest.class),
            "docs/backend-languages.md: import os",
            Set.of(BackendLanguagesTest.class),
            "docs/events.md: CREATE TABLE follow_claim (",
            Set.of(ClaimTest.class),
            "docs/dev-server.md: 2024-11-04T20:42:21.337Z  k2h5xq0v9c1ab  ready",
            Set.of(TerminalPageTest.class));

    @Test
    void eachIsRun() throws IOException {
        Stream<Block> blocks = Page.allBlocks().stream()
                .filter(block -> Set.of("js", "python", "sql", "text").contains(block.language()));
        assertThat(RUN.keySet()).isEqualTo(blocks.map(Block::toString).collect(Collectors.toSet()));
    }

    /** The profile socketio builds a page with these lines, and shows it. */
    @Test
    void theLinesForSocketIoAreThoseOfItsPage() throws IOException {
        Block block = Page.allBlocks("js").stream()
                .filter(each -> each.toString().equals(SOCKET_IO))
                .findFirst()
                .orElseThrow();
        String page = Files.readString(Path.of("src/it/socketio/socketio/index.jsx"))
                .replace("URL(url)", "URL(connectResponse.url)");
        assertThat(block.text().lines()).hasSize(2).allSatisfy(line -> assertThat(page)
                .contains(line.replace("const socket = ", "return ").replace(" })", "")));
    }
}
