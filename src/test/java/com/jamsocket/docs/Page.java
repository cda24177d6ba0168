package com.jamsocket.docs;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Markdown file of this project. */
public record Page(Path path, String text) {

    private static final Set<String> NOT_OURS = Set.of(".git", "target", "node_modules");

    /** Also in a list, where it is indented. */
    private static final Pattern BLOCK = Pattern.compile(
            "(?:<!-- snippet: (\\w+) -->\n)?^( *)```(\\S*)\n(.*?)^\\2```$", Pattern.DOTALL | Pattern.MULTILINE);

    private static final Pattern FENCE = Pattern.compile("^\\s*(?:```|~~~)", Pattern.MULTILINE);
    private static final Pattern INDENTED = Pattern.compile("(?<=\n\n)(?: {4}|\t)\\S.*");
    private static final Pattern HEADING = Pattern.compile("^#{1,6} (.+)$", Pattern.MULTILINE);
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)|(?:src|href)=\"([^\"]+)\"");

    /**
     * What is shown between fences.
     *
     * @param language what the fence says, {@code ""} if nothing
     * @param snippet the name of the snippet of the tests that it is, or null
     */
    public record Block(Page page, String language, String snippet, String text) {

        @Override
        public String toString() {
            return page + ": " + text.lines().findFirst().orElse("");
        }
    }

    public static Page of(String path) {
        return read(Path.of(path));
    }

    /** All of them. */
    public static List<Page> all() throws IOException {
        List<Page> pages = new ArrayList<>();
        Files.walkFileTree(Path.of(""), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return NOT_OURS.contains(directory.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(".md")) {
                    pages.add(read(file));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return pages;
    }

    private static Page read(Path file) {
        try {
            return new Page(file, Files.readString(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** All blocks of all pages. */
    public static List<Block> allBlocks() throws IOException {
        return all().stream().flatMap(page -> page.blocks().stream()).toList();
    }

    /** Those of one language. */
    public static List<Block> allBlocks(String language) throws IOException {
        return allBlocks().stream()
                .filter(block -> block.language().equals(language))
                .toList();
    }

    List<Block> blocks() {
        return BLOCK.matcher(text)
                .results()
                .map(block -> new Block(
                        this, block.group(3), block.group(1), block.group(4).replaceAll("(?m)^" + block.group(2), "")))
                .toList();
    }

    /** What no block is made of: fences that belong to none, and lines that are code because they are indented. */
    List<String> strays() {
        String rest = withoutBlocks();
        return Stream.of(FENCE, INDENTED)
                .flatMap(stray -> stray.matcher(rest).results())
                .map(MatchResult::group)
                .toList();
    }

    public List<Block> blocks(String language) {
        return blocks().stream()
                .filter(block -> block.language().equals(language))
                .toList();
    }

    /** The only block of the language below this heading. */
    public Block block(String language, String heading) {
        int start = text.indexOf("\n## " + heading + "\n");
        if (start < 0) {
            throw new AssertionError("no " + heading + " in " + path);
        }
        int end = text.indexOf("\n## ", start + 1);
        Page section = new Page(path, text.substring(start + 1, end < 0 ? text.length() : end + 1));
        List<Block> blocks = section.blocks(language);
        if (blocks.size() != 1) {
            throw new AssertionError(blocks + " below " + heading);
        }
        return blocks.get(0);
    }

    /** Where links lead that are not to other sites. */
    List<String> links() {
        return LINK.matcher(withoutBlocks())
                .results()
                .map(link -> link.group(1) != null ? link.group(1) : link.group(2))
                .filter(target -> !target.matches("[a-z]+:.*"))
                .toList();
    }

    /** The anchors of its headings, as the platforms make them that show Markdown. */
    Set<String> anchors() {
        Map<String, Integer> seen = new HashMap<>();
        Set<String> anchors = new HashSet<>();
        for (MatchResult heading : HEADING.matcher(withoutBlocks()).results().toList()) {
            String anchor = heading.group(1)
                    .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-');
            int before = seen.merge(anchor, 1, Integer::sum) - 1;
            anchors.add(before == 0 ? anchor : anchor + "-" + before);
        }
        return anchors;
    }

    /** What stands in backticks in the text itself. */
    List<String> code() {
        return Pattern.compile("`([^`\n]+)`")
                .matcher(withoutBlocks())
                .results()
                .map(code -> code.group(1))
                .toList();
    }

    private String withoutBlocks() {
        return BLOCK.matcher(text).replaceAll(Matcher.quoteReplacement(""));
    }

    /** Its path with slashes, on every system. */
    @Override
    public String toString() {
        return path.toString().replace('\\', '/');
    }
}
