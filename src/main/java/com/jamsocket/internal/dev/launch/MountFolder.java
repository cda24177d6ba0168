package com.jamsocket.internal.dev.launch;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Persistent folders of backends, all of them really below one base. */
public final class MountFolder {

    private MountFolder() {}

    /**
     * The folder of this relative path below the base. It is made if it is not there.
     *
     * @throws IOException if it would be elsewhere, be it by a symbolic link
     */
    public static Path below(Path base, String path) throws IOException {
        Files.createDirectories(base);
        Path root = base.toRealPath();
        Path folder = root;
        for (Path name : root.getFileSystem().getPath(path)) {
            Path next = folder.resolve(name).normalize();
            if (!Files.isDirectory(next)) {
                requireBelow(root, next, path);
                Files.createDirectory(next);
            }
            folder = next.toRealPath();
            requireBelow(root, folder, path);
        }
        return folder;
    }

    private static void requireBelow(Path root, Path folder, String path) throws IOException {
        if (!folder.startsWith(root)) {
            throw new IOException("the mount \"" + path + "\" would not be below " + root);
        }
    }

    /** A name that stands for any text. */
    public static String name(String text) {
        String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8);
        return encoded.chars().allMatch(c -> c == '.') ? "_" + encoded : encoded;
    }
}
