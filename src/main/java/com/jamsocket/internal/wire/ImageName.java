package com.jamsocket.internal.wire;

import java.util.regex.Pattern;

/** The name of a container image: {@code [registry[:port]/]name[:tag][@digest]}, or the id of a local image. */
final class ImageName {

    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");
    private static final Pattern DIGEST = Pattern.compile("[a-z0-9]+(?:[+._-][a-z0-9]+)*:[0-9a-fA-F]{32,}");
    private static final Pattern ID = Pattern.compile("sha256:[0-9a-fA-F]+");

    private ImageName() {}

    /**
     * The same image with another tag or digest, whatever it had before.
     *
     * @throws IllegalArgumentException if the tag is neither, or the image is an id, which has none
     */
    static String withTag(String image, String tag) {
        if (ID.matcher(image).matches()) {
            throw new IllegalArgumentException("the image " + image + " is an id: it has no tag that \"" + tag
                    + "\" could replace; set an image by name");
        }
        if (TAG.matcher(tag).matches()) {
            return withoutTag(image) + ":" + tag;
        }
        if (DIGEST.matcher(tag).matches()) {
            return withoutTag(image) + "@" + tag;
        }
        throw new IllegalArgumentException("neither a tag nor a digest of an image: \"" + tag + "\"");
    }

    private static String withoutTag(String image) {
        int at = image.indexOf('@');
        String name = at < 0 ? image : image.substring(0, at);
        int colon = name.lastIndexOf(':');
        // Before the last slash a colon stands in front of the registry's port.
        return colon > name.lastIndexOf('/') ? name.substring(0, colon) : name;
    }
}
