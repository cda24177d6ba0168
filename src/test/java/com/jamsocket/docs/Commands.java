package com.jamsocket.docs;

import com.jamsocket.docs.Page.Block;
import com.jamsocket.internal.dev.launch.ShellWords;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The commands of a block for a shell. What a pipe leads to is a command of its own. */
final class Commands {

    private static final Pattern ASSIGNMENT = Pattern.compile("([A-Z][A-Z_]*)=(.*)", Pattern.DOTALL);

    private Commands() {}

    /**
     * One of them.
     *
     * @param variables what stands before it, or by itself
     * @param words the program and its arguments; empty if there are variables alone
     */
    record Command(Map<String, String> variables, List<String> words) {

        String program() {
            return words.isEmpty() ? "" : words.get(0);
        }

        List<String> arguments() {
            return words.subList(Math.min(1, words.size()), words.size());
        }

        /** Whether it is the development server as a program. */
        boolean isDevServer() {
            return program().equals("java")
                    && words.size() > 2
                    && words.get(1).equals("-jar")
                    && words.get(2).endsWith("-cli.jar");
        }
    }

    static List<Command> of(Block block) {
        List<Command> commands = new ArrayList<>();
        for (String line : block.text().replace("\\\n", " ").lines().toList()) {
            List<String> words = new ArrayList<>();
            for (String word : ShellWords.split(line)) {
                if (word.equals("|")) {
                    commands.add(of(words));
                    words = new ArrayList<>();
                } else {
                    words.add(word);
                }
            }
            commands.add(of(words));
        }
        return commands;
    }

    private static Command of(List<String> words) {
        Map<String, String> variables = new LinkedHashMap<>();
        int program = 0;
        while (program < words.size()) {
            Matcher assignment = ASSIGNMENT.matcher(words.get(program));
            if (!assignment.matches()) {
                break;
            }
            variables.put(assignment.group(1), assignment.group(2));
            program++;
        }
        return new Command(variables, List.copyOf(words.subList(program, words.size())));
    }
}
