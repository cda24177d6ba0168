package com.jamsocket.internal.dev.api;

import com.jamsocket.JamsocketProtocolException;
import com.jamsocket.internal.wire.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request's body as Plane's JSON library reads it: a field that is there twice is refused, an array stands for an
 * object by position, text behind the value is not looked at, and what is no Unicode or no double is no JSON.
 */
final class PlaneBody {

    private static final int MAX_DEPTH = 127;

    /**
     * An object with fields that are known, in the order in which an array gives them.
     *
     * @param name what Plane calls it
     * @param fields the fields
     * @param optional those which an array may leave out at its end
     * @param members those which are such objects themselves
     */
    record Struct(String name, List<String> fields, Set<String> optional, Map<String, Struct> members) {

        /** Without any field. */
        static PlaneObject empty(Struct struct) {
            return new PlaneObject(struct, "", false, JsonValue.EMPTY_JSON_OBJECT, Map.of());
        }

        Struct member(String field) {
            return Objects.requireNonNull(members.get(field));
        }
    }

    static final Struct KEY =
            new Struct("KeyConfig", List.of("name", "namespace", "tag"), Set.of("namespace", "tag"), Map.of());

    static final Struct SPAWN = new Struct(
            "SpawnConfig",
            List.of(
                    "id",
                    "cluster",
                    "pool",
                    "executable",
                    "lifetime_limit_seconds",
                    "max_idle_seconds",
                    "use_static_token",
                    "subdomain"),
            Set.of("pool", "use_static_token"),
            Map.of());

    /** What is asked for with a request to connect. */
    static final Struct CONNECT = new Struct(
            "ConnectRequest",
            List.of("key", "spawn_config", "user", "auth"),
            Set.of("key", "auth"),
            Map.of("key", KEY, "spawn_config", SPAWN));

    /** What is asked for with a request to revoke. */
    static final Struct REVOKE = new Struct("RevokeRequest", List.of("backend_id", "user"), Set.of(), Map.of());

    private final JsonParser parser;

    private PlaneBody(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * Reads a body.
     *
     * @throws JamsocketProtocolException if it is no JSON
     * @throws IllegalArgumentException if it is JSON of another shape; the message is Plane's
     */
    static PlaneObject read(byte[] body, Struct struct) {
        Map<String, PlaneObject> whole = new HashMap<>();
        JsonValue value;
        try (JsonParser parser = Json.parser(text(body))) {
            value = new PlaneBody(parser).value(parser.next(), struct, "", "", whole);
        } catch (JsonException | java.util.NoSuchElementException e) {
            throw noJson(e);
        }
        check(value, 0);
        PlaneObject object = whole.get("");
        if (object == null) {
            throw PlaneShape.wrong("", value, "struct " + struct.name());
        }
        return object;
    }

    private static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw noJson(e);
        }
    }

    private static JamsocketProtocolException noJson(@Nullable Exception cause) {
        return new JamsocketProtocolException("The body is no JSON.", cause);
    }

    /** The value of a field; if it is an object with known fields, that is put among the members. */
    private JsonValue value(
            Event event, @Nullable Struct struct, String place, String field, Map<String, PlaneObject> members) {
        if (struct == null || (event != Event.START_OBJECT && event != Event.START_ARRAY)) {
            return parser.getValue();
        }
        PlaneObject member = event == Event.START_OBJECT ? object(struct, place) : array(struct, place);
        members.put(field, member);
        return member.json();
    }

    private PlaneObject object(Struct struct, String path) {
        JsonObjectBuilder object = Json.object();
        Map<String, PlaneObject> members = new HashMap<>();
        Set<String> seen = new HashSet<>();
        while (parser.next() == Event.KEY_NAME) {
            String name = parser.getString();
            if (struct.fields().contains(name) && !seen.add(name)) {
                throw PlaneShape.duplicate(path, name);
            }
            String place = PlaneObject.place(struct, path, false, name);
            object.add(name, value(parser.next(), struct.members().get(name), place, name, members));
        }
        return new PlaneObject(struct, path, false, object.build(), members);
    }

    private PlaneObject array(Struct struct, String path) {
        JsonObjectBuilder object = Json.object();
        Map<String, PlaneObject> members = new HashMap<>();
        int count = 0;
        for (Event event = parser.next(); event != Event.END_ARRAY; event = parser.next()) {
            if (count == struct.fields().size()) {
                throw noJson(null);
            }
            String name = struct.fields().get(count);
            String place = PlaneObject.place(struct, path, true, name);
            object.add(name, value(event, struct.members().get(name), place, name, members));
            count++;
        }
        for (int missing = count; missing < struct.fields().size(); missing++) {
            if (!struct.optional().contains(struct.fields().get(missing))) {
                throw PlaneShape.wrongLength(
                        path, missing, struct.name(), struct.fields().size());
            }
        }
        return new PlaneObject(struct, path, true, object.build(), members);
    }

    private static void check(JsonValue value, int depth) {
        if (depth > MAX_DEPTH
                || (value instanceof JsonNumber number && Double.isInfinite(number.doubleValue()))
                || (value instanceof JsonString text && !isUnicode(text.getString()))) {
            throw noJson(null);
        }
        if (value instanceof JsonObject object) {
            object.forEach((name, member) -> {
                if (!isUnicode(name)) {
                    throw noJson(null);
                }
                check(member, depth + 1);
            });
        } else if (value instanceof JsonArray array) {
            array.forEach(element -> check(element, depth + 1));
        }
    }

    private static boolean isUnicode(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }
}
