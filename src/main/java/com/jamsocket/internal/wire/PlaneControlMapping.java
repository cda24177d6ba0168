package com.jamsocket.internal.wire;

import com.jamsocket.ClusterState;
import com.jamsocket.JamsocketProtocolException;
import com.jamsocket.PlaneControl.ControllerStatus;
import com.jamsocket.internal.Values;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The calls for the care of a Plane cluster, and their answers. All of them may arrive twice without harm. */
public final class PlaneControlMapping {

    private PlaneControlMapping() {}

    /** The call for the state of a cluster. */
    public static Call clusterState(String cluster) {
        return get("ctrl/c/" + cluster(cluster) + "/state", true);
    }

    /** The call to drain a drone. */
    public static Call drain(String cluster, String drone) {
        String path = "ctrl/c/" + cluster(cluster) + "/d/" + Call.segment(Values.requireText(drone, "drone"));
        return new Call("POST", path + "/drain", null, true, null, true);
    }

    /** The call to take back a user's tokens. */
    public static Call revoke(String backendId, String user) {
        JsonObject body = Json.object()
                .add("backend_id", Values.requireBackendId(backendId))
                .add("user", Values.requireText(user, "user"))
                .build();
        return new Call("POST", "ctrl/b/revoke", body.toString(), true, null, true);
    }

    /** The call for the controller's status. */
    public static Call status() {
        return get("ctrl/status", true);
    }

    /** The call for the controller's health, which anyone may make. */
    public static Call health() {
        return get("pub/health", false);
    }

    private static Call get(String path, boolean authenticated) {
        return new Call("GET", path, null, authenticated, null, true);
    }

    private static String cluster(String cluster) {
        return Call.segment(PlaneLimits.cluster(Values.requireText(cluster, "cluster")));
    }

    /** Understands the answer to {@link #clusterState(String)}. */
    public static ClusterState readClusterState(byte[] body) {
        JsonObject json = Json.readObject(body);
        return ClusterState.of(
                list(json, "drones", PlaneControlMapping::drone), list(json, "proxies", PlaneControlMapping::node));
    }

    /** Understands the answer to {@link #drain(String, String)}: whether it changed anything. */
    public static boolean readDrain(byte[] body) {
        return flag(Json.readObject(body), "updated");
    }

    /** Understands the answer to {@link #status()}. */
    public static ControllerStatus readStatus(byte[] body) {
        JsonObject json = Json.readObject(body);
        return new ControllerStatus(Json.requiredText(json, "version"), Json.requiredText(json, "hash"));
    }

    private static ClusterState.Drone drone(JsonObject json) {
        JsonObject node = Json.object(json, "node");
        if (node == null) {
            throw Json.notUnderstood("no \"node\"", json.toString());
        }
        return ClusterState.Drone.builder(node(node))
                .ready(flag(json, "ready"))
                .draining(flag(json, "draining"))
                .backendCount(required(Json.int32(json, "backend_count"), json, "backend_count"))
                .lastHeartbeatAge(age(json, "last_heartbeat_age"))
                .build();
    }

    private static ClusterState.Node node(JsonObject json) {
        return ClusterState.Node.builder(name(json))
                .version(Json.requiredText(json, "plane_version"))
                .hash(Json.requiredText(json, "plane_hash"))
                .controller(Json.requiredText(json, "controller"))
                .controllerHeartbeatAge(age(json, "controller_heartbeat_age"))
                .build();
    }

    /** The name is the one member of an object; the member's own name is the kind of node. */
    private static String name(JsonObject json) {
        JsonObject name = Objects.requireNonNullElse(Json.object(json, "name"), JsonValue.EMPTY_JSON_OBJECT);
        if (name.size() == 1 && name.values().iterator().next() instanceof JsonString text) {
            return text.getString();
        }
        throw Json.notUnderstood("\"name\" names no node", json.toString());
    }

    private static boolean flag(JsonObject json, String name) {
        return required(Json.bool(json, name), json, name);
    }

    private static Duration age(JsonObject json, String name) {
        return required(Json.seconds(json, name), json, name);
    }

    private static <T> T required(@Nullable T value, JsonObject json, String name) {
        if (value == null) {
            throw Json.notUnderstood("no \"" + name + "\"", json.toString());
        }
        return value;
    }

    /**
     * The elements of an array of objects.
     *
     * @throws JamsocketProtocolException if it is none
     */
    private static <T> List<T> list(JsonObject json, String name, Function<JsonObject, T> element) {
        if (json.get(name) instanceof JsonArray array && array.stream().allMatch(JsonObject.class::isInstance)) {
            return array.getValuesAs(JsonObject.class).stream().map(element).toList();
        }
        throw Json.notUnderstood("\"" + name + "\" is no list of nodes", json.toString());
    }
}
