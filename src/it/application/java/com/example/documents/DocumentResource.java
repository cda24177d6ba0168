package com.example.documents;

import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.Jamsocket;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A backend for each document, by the default client. */
@Path("documents")
@Produces(MediaType.APPLICATION_JSON)
public class DocumentResource {

    @Inject
    Jamsocket jamsocket;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public ConnectResponse connect(ConnectRequest request) {
        return jamsocket.connect(request);
    }

    @POST
    @Path("{name}/connection")
    public ConnectResponse connect(@PathParam("name") String name) {
        return jamsocket.connect(
                ConnectRequest.builder().key(name).label("kind", "document").build());
    }

    @POST
    @Path("{name}/connection/thread")
    public ConnectResponse connectOnAThreadOfItsOwn(@PathParam("name") String name) {
        return CompletableFuture.supplyAsync(() -> connect(name), DocumentResource::onAThreadOfItsOwn)
                .join();
    }

    @POST
    @Path("{name}/connection/async")
    public CompletionStage<ConnectResponse> connectAsync(@PathParam("name") String name) {
        return jamsocket.async().connect(ConnectRequest.builder().key(name).build());
    }

    @POST
    @Path("{name}/connection/continued")
    public CompletionStage<Observation> connectAndContinue(@PathParam("name") String name) {
        return connectAsync(name).thenApply(backend -> Observation.here("continuation"));
    }

    /** As on a timer of the application's own: without what servers let threads inherit from that of a request. */
    private static void onAThreadOfItsOwn(Runnable action) {
        Thread thread = new Thread(null, action, "application", 0, false);
        thread.setContextClassLoader(DocumentResource.class.getClassLoader());
        thread.start();
    }
}
