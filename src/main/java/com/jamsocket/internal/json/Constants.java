package com.jamsocket.internal.json;

import java.util.function.Function;

/** The constants of an enum in JSON. */
final class Constants {

    private Constants() {}

    /** The constant of this name, or else what the word means. */
    static <E extends Enum<E>> E of(Class<E> type, String word, Function<String, E> meaning) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(word)) {
                return constant;
            }
        }
        return meaning.apply(word);
    }
}
