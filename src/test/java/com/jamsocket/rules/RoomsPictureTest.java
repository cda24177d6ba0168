package com.jamsocket.rules;

import static com.jamsocket.rules.RoomsTest.COMMON;
import static com.jamsocket.rules.RoomsTest.ROOMS;
import static com.jamsocket.rules.RoomsTest.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.docs.Page;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/architecture.md shows the rooms that there are, and who may import whom. */
class RoomsPictureTest {

    private static final Page PAGE = Page.of("docs/architecture.md");

    private static final Pattern GROUP = Pattern.compile("(?ms)^ *subgraph (\\S+)$(.*?)^ *end$");

    /** A node, with the rooms that it stands for before the first line break. */
    private static final Pattern NODE = Pattern.compile("(\\w+)\\[\"(.+?)<br/>.*\"]");

    private static final Pattern ARROW = Pattern.compile("(?m)^ *(\\w+) --> (\\w+)$");

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(com\\.jamsocket[a-z.]*)` \\|");

    /** The rooms of each node. */
    private static Map<String, List<String>> nodes() {
        Map<String, List<String>> nodes = new LinkedHashMap<>();
        for (MatchResult group : found(GROUP, picture())) {
            String above = group.group(1).equals("public") ? ROOT : ROOT + "." + group.group(1);
            for (MatchResult node : found(NODE, group.group(2))) {
                nodes.put(
                        node.group(1),
                        Stream.of(node.group(2).split(", "))
                                .map(name -> name.startsWith(ROOT) ? name : above + "." + name)
                                .toList());
            }
        }
        return nodes;
    }

    private static String picture() {
        return PAGE.blocks("mermaid").get(0).text();
    }

    private static List<MatchResult> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().toList();
    }

    @Test
    void thePictureHasEveryRoom() {
        assertThat(nodes().values().stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(ROOMS.keySet());
    }

    @Test
    void theTableHasEveryRoom() {
        assertThat(found(ROW, PAGE.text()).stream().map(row -> row.group(1)))
                .containsExactlyInAnyOrderElementsOf(ROOMS.keySet());
    }

    @Test
    void thePictureHasEveryImportButThoseOfTheVocabularyAndTheHelpers() {
        Map<String, List<String>> nodes = nodes();
        List<String> drawn = found(ARROW, picture()).stream()
                .filter(arrow -> nodes.containsKey(arrow.group(1)))
                .flatMap(arrow -> nodes.get(arrow.group(1)).stream()
                        .flatMap(from -> Objects.requireNonNull(nodes.get(arrow.group(2))).stream()
                                .map(to -> from + " -> " + to)))
                .toList();
        List<String> allowed = ROOMS.entrySet().stream()
                .flatMap(room -> room.getValue().stream()
                        .map(RoomsPictureTest::roomOf)
                        .filter(imported -> !Set.of(ROOT, COMMON).contains(imported))
                        .distinct()
                        .map(imported -> room.getKey() + " -> " + imported))
                .toList();

        assertThat(drawn).containsExactlyInAnyOrderElementsOf(allowed);
    }

    /** The room of a class, or the room itself. */
    private static String roomOf(String imported) {
        return imported.replaceFirst("\\.[A-Z].*", "");
    }
}
