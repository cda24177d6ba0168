package com.jamsocket.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.BackendStatus;
import com.jamsocket.docs.Page.Block;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Diagrams of pages: what they connect they declare, and what they close they have opened. */
class DiagramsTest {

    /** A node with its text: an id before a bracket. */
    private static final Pattern NODE = Pattern.compile("\\b(\\w+)(?=\\[|\\()");

    private static final Pattern EDGE = Pattern.compile(
            "^ *(\\w+)(?:[\\[(].*?[])]+)? +(?:-->|-\\. .+? \\.->|-- .+? -->) +(\\w+)", Pattern.MULTILINE);

    @Test
    void everyDiagramIsOfAKindThatIsRead() throws IOException {
        for (Block block : Page.allBlocks("mermaid")) {
            String kind = block.text().lines().findFirst().orElseThrow().split(" ", 2)[0];
            switch (kind) {
                case "flowchart" -> flowchart(block);
                case "sequenceDiagram" -> sequence(block);
                case "stateDiagram-v2" -> states(block);
                default -> throw new AssertionError("nothing reads " + block);
            }
        }
    }

    private static void flowchart(Block block) {
        Set<String> nodes = names(block, NODE, 1).collect(Collectors.toCollection(HashSet::new));
        List<String> ends =
                Stream.concat(names(block, EDGE, 1), names(block, EDGE, 2)).toList();
        assertThat(ends).as("%s", block).isNotEmpty();
        assertThat(nodes).as("%s", block).containsAll(ends);
        assertThat(count(block, "(?m)^ *subgraph ")).as("%s", block).isEqualTo(count(block, "(?m)^ *end$"));
        assertThat(count(block, "-->|\\.->"))
                .as("%s: every edge is read", block)
                .isEqualTo(ends.size() / 2);
    }

    private static void sequence(Block block) {
        Set<String> participants =
                names(block, Pattern.compile("participant (\\w+)"), 1).collect(Collectors.toSet());
        Pattern message = Pattern.compile("(?m)^ *(\\w+)-{1,2}>>(\\w+): .+$");
        assertThat(Stream.concat(names(block, message, 1), names(block, message, 2)))
                .as("%s", block)
                .isNotEmpty()
                .allMatch(participants::contains);
        assertThat(block.text().lines().count())
                .as("%s: every line is read", block)
                .isEqualTo(1 + participants.size() + names(block, message, 1).count());
    }

    /** Statuses, each of which goes forward. */
    private static void states(Block block) {
        Pattern step = Pattern.compile("(?m)^ *(\\w+) --> (\\w+)$");
        List<MatchResult> steps = step.matcher(block.text()).results().toList();
        assertThat(steps).as("%s", block).isNotEmpty().allSatisfy(each -> assertThat(
                        status(each.group(2)).isAfter(status(each.group(1))))
                .as("%s", each.group())
                .isTrue());
        assertThat(steps.stream().flatMap(each -> Stream.of(status(each.group(1)), status(each.group(2)))))
                .as("%s", block)
                .containsAll(Stream.of(BackendStatus.values())
                        .filter(status -> status != BackendStatus.UNKNOWN)
                        .toList());
    }

    private static BackendStatus status(String name) {
        return BackendStatus.valueOf(name.toUpperCase(Locale.ROOT));
    }

    private static Stream<String> names(Block block, Pattern pattern, int group) {
        return pattern.matcher(block.text()).results().map(found -> found.group(group));
    }

    private static long count(Block block, String pattern) {
        return Pattern.compile(pattern).matcher(block.text()).results().count();
    }
}
