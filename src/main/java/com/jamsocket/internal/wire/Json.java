package com.jamsocket.internal.wire;

import com.jamsocket.JamsocketProtocolException;
import com.jamsocket.internal.JsonValues;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON text, JSON values and Java values. */
public final class Json {

    // Looking the provider up costs a search through the class path, each time.
    private static final JsonProvider PROVIDER = JsonProvider.provider();
    private static final JsonParserFactory PARSERS = PROVIDER.createParserFactory(Map.of());

    private Json() {}

    /**
     * Looks the provider up, if that has not been done yet.
     *
     * @throws LinkageError if there is none, each time
     */
    public static void load() {}

    /**
     * Reads a JSON object in UTF-8.
     *
     * @throws JamsocketProtocolException if it is anything else
     */
    public static JsonObject readObject(byte[] json) {
        return readObject(new String(json, StandardCharsets.UTF_8));
    }

    /** Reads a JSON object. As {@link #readObject(byte[])}. */
    public static JsonObject readObject(String json) {
        JsonObject object = parse(json);
        if (object == null) {
            throw notUnderstood("not a JSON object", json);
        }
        return object;
    }

    /**
     * The JSON object that the text is, or null. Implementations of JSON-P differ in what they throw for other text:
     * for numbers without end and for depth they have exceptions, or a stack overflow, of their own. None is worth
     * keeping as a cause, and some quote the text, and with it a secret.
     */
    private static @Nullable JsonObject parse(String json) {
        try (JsonParser parser = PARSERS.createParser(new StringReader(json))) {
            if (parser.next() != JsonParser.Event.START_OBJECT) {
                return null;
            }
            JsonObject object = parser.getObject();
            // Readers stop at the end of the object; there must be nothing behind it.
            return parser.hasNext() ? null : object;
        } catch (RuntimeException | StackOverflowError e) {
            return null;
        }
    }

    /** A parser, for who looks at the text itself. It throws exceptions of JSON-P. */
    public static JsonParser parser(String json) {
        return PARSERS.createParser(new StringReader(json));
    }

    /** A builder for a JSON object. */
    public static JsonObjectBuilder object() {
        return PROVIDER.createObjectBuilder();
    }

    /** A JSON text. */
    public static JsonString text(String text) {
        return PROVIDER.createValue(text);
    }

    /** The JSON object for a map of JSON-like Java values. */
    public static JsonObject fromMap(Map<String, ?> map) {
        JsonObjectBuilder object = object();
        map.forEach((name, value) -> object.add(name, fromJava(value)));
        return object.build();
    }

    /** The text of a JSON object for a map of JSON-like Java values. */
    public static String text(Map<String, ?> map) {
        return fromMap(map).toString();
    }

    /** The Java values of a JSON object; numbers become {@link Integer}, {@link Long} or {@link BigDecimal}. */
    public static Map<String, Object> toMap(JsonObject object) {
        Map<String, Object> map = new LinkedHashMap<>();
        object.forEach((name, value) -> putNullable(map, name, toJava(value)));
        return map;
    }

    /** A text field; null if it is absent or null. */
    static @Nullable String text(JsonObject object, String name) {
        if (object.get(name) instanceof JsonString text) {
            return text.getString();
        }
        requireAbsent(object, name, "text");
        return null;
    }

    /** A text field that must be there. */
    static String requiredText(JsonObject object, String name) {
        String text = text(object, name);
        if (text == null) {
            throw notUnderstood("no \"" + name + "\"", object.toString());
        }
        return text;
    }

    /** A boolean field; null if it is absent or null. */
    public static @Nullable Boolean bool(JsonObject object, String name) {
        JsonValue value = object.get(name);
        if (value != null && value.getValueType() == JsonValue.ValueType.TRUE) {
            return true;
        }
        if (value != null && value.getValueType() == JsonValue.ValueType.FALSE) {
            return false;
        }
        requireAbsent(object, name, "boolean");
        return null;
    }

    /** An integer field; null if it is absent or null. */
    static @Nullable Long integer(JsonObject object, String name) {
        if (object.get(name) instanceof JsonNumber number) {
            try {
                return number.bigDecimalValue().longValueExact();
            } catch (ArithmeticException e) {
                throw notUnderstood("\"" + name + "\" is no integer", object.toString());
            }
        }
        requireAbsent(object, name, "integer");
        return null;
    }

    /** A 32-bit integer field; null if it is absent or null. */
    static @Nullable Integer int32(JsonObject object, String name) {
        Long number = integer(object, name);
        if (number == null) {
            return null;
        }
        if (number.intValue() != number) {
            throw notUnderstood("\"" + name + "\" is no 32-bit integer", object.toString());
        }
        return number.intValue();
    }

    /** A field of whole seconds; null if it is absent or null. */
    static @Nullable Duration seconds(JsonObject object, String name) {
        Long seconds = integer(object, name);
        return seconds == null ? null : Duration.ofSeconds(seconds);
    }

    /** An object field; null if it is absent or null. */
    static @Nullable JsonObject object(JsonObject object, String name) {
        if (object.get(name) instanceof JsonObject member) {
            return member;
        }
        requireAbsent(object, name, "object");
        return null;
    }

    private static void requireAbsent(JsonObject object, String name, String expected) {
        JsonValue value = object.get(name);
        if (value != null && value.getValueType() != JsonValue.ValueType.NULL) {
            throw notUnderstood("\"" + name + "\" is no " + expected, object.toString());
        }
    }

    static JamsocketProtocolException notUnderstood(String problem, String text) {
        return protocolError("The JSON is not understood (" + problem + "): " + Redaction.excerpt(text));
    }

    static JamsocketProtocolException protocolError(String message) {
        return new JamsocketProtocolException(message, null);
    }

    private static JsonValue fromJava(@Nullable Object value) {
        if (value == null) {
            return JsonValue.NULL;
        }
        if (value instanceof Map<?, ?> map) {
            JsonObjectBuilder object = object();
            map.forEach((name, member) -> object.add((String) name, fromJava(member)));
            return object.build();
        }
        if (value instanceof List<?> list) {
            JsonArrayBuilder array = PROVIDER.createArrayBuilder();
            list.forEach(element -> array.add(fromJava(element)));
            return array.build();
        }
        if (value instanceof Boolean bool) {
            return bool ? JsonValue.TRUE : JsonValue.FALSE;
        }
        if (value instanceof Number number) {
            return PROVIDER.createValue(new BigDecimal(number.toString()));
        }
        return PROVIDER.createValue((String) value);
    }

    private static @Nullable Object toJava(JsonValue value) {
        return switch (value.getValueType()) {
            case NULL -> null;
            case TRUE -> true;
            case FALSE -> false;
            case STRING -> ((JsonString) value).getString();
            case NUMBER -> JsonValues.number(((JsonNumber) value).bigDecimalValue());
            case OBJECT -> toMap((JsonObject) value);
            case ARRAY -> toList((JsonArray) value);
        };
    }

    private static List<Object> toList(JsonArray array) {
        List<Object> list = new ArrayList<>(array.size());
        array.forEach(element -> addNullable(list, toJava(element)));
        return list;
    }

    // A JSON null inside an object or array is a value like any other.
    @SuppressWarnings("NullAway")
    private static void putNullable(Map<String, Object> map, String name, @Nullable Object value) {
        map.put(name, value);
    }

    @SuppressWarnings("NullAway")
    private static void addNullable(List<Object> list, @Nullable Object value) {
        list.add(value);
    }
}
