package com.jamsocket.backend;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What a header means whose text is beyond ASCII. */
final class HeaderText {

    private static final char LAST_OF_ONE_BYTE = '\u00ff';

    private HeaderText() {}

    /**
     * Takes the bytes back that a server made characters of, and decodes them. Proxies pass UTF-8 as it is; Java
     * servers read headers as ISO-8859-1. Text that cannot have come about so is left alone: that server has decoded it
     * already.
     */
    static @Nullable String decode(@Nullable String text) {
        if (text == null || text.chars().anyMatch(c -> c > LAST_OF_ONE_BYTE)) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        try {
            // Not new String(…): a decoder of its own refuses what is no UTF-8.
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return text;
        }
    }
}
