package com.jamsocket.internal.dev.cluster;

import com.jamsocket.SpawnOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for, in whichever dialect.
 *
 * @param namespace where the key is unique
 * @param key the key, or null
 * @param keyTag the tag of the key; empty for none
 * @param spawn whether a backend may be started
 * @param obstacle why it cannot be spawned, whatever the cluster does; null if it can
 * @param executable whether there is something that can be started
 * @param backendId the id for it, or null
 * @param lifetimeLimit when to end it, or null
 * @param maxIdle when to end it without connections, or null
 * @param user for whom, or null
 * @param auth what to tell the backend of the user, as JSON text
 * @param staticToken whether there is one token for all
 * @param subdomain the subdomain of the connection URL, or null
 * @param service what is to run: the name of a service, or of an image
 * @param options tag, cluster, mount, environment and limits; its durations are as above, where they can be
 */
public record ConnectSpec(
        String namespace,
        @Nullable String key,
        String keyTag,
        boolean spawn,
        ClusterException.@Nullable Reason obstacle,
        boolean executable,
        @Nullable String backendId,
        @Nullable Duration lifetimeLimit,
        @Nullable Duration maxIdle,
        @Nullable String user,
        String auth,
        boolean staticToken,
        @Nullable String subdomain,
        String service,
        SpawnOptions options) {}
