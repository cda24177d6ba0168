package com.example.documents;

import com.jamsocket.cdi.BackendFollower;
import com.jamsocket.cdi.BackendInfo;
import com.jamsocket.cdi.JamsocketService;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Backends that the application knows from elsewhere. */
@Path("followed/{id}")
@Produces(MediaType.APPLICATION_JSON)
public class FollowedResource {

    @Inject
    BackendFollower follower;

    @Inject
    @JamsocketService("rooms")
    BackendFollower roomFollower;

    @POST
    public boolean follow(@PathParam("id") String id) {
        return follower.follow(
                BackendInfo.builder(id).key("known").label("from", "a table").build());
    }

    /** For the rooms, with the drone that the application has kept. */
    @POST
    @Path("on/{drone}")
    public boolean followOn(@PathParam("id") String id, @PathParam("drone") String drone) {
        return roomFollower.follow(BackendInfo.builder(id).drone(drone).build());
    }

    @GET
    public boolean isFollowed(@PathParam("id") String id) {
        return follower.isFollowed(id)
                && follower.followed().stream()
                        .anyMatch(backend -> backend.backendId().equals(id));
    }

    @DELETE
    public boolean unfollow(@PathParam("id") String id) {
        return follower.unfollow(id);
    }
}
