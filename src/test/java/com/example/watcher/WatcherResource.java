package com.example.watcher;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** What is left of the applications that were watched. */
@Path("left")
@Produces(MediaType.APPLICATION_JSON)
public class WatcherResource {

    /** How many have been watched, in a list, as JSON-B likes it. */
    @GET
    @Path("watched")
    public List<Integer> watched() {
        return List.of(Loaders.all().size());
    }

    /** The class loaders that can still be reached. */
    @GET
    @Path("loaders")
    public List<String> loaders() {
        System.gc();
        return Loaders.all().stream()
                .map(WeakReference::get)
                .filter(Objects::nonNull)
                .map(loader -> loader.getClass().getName())
                .toList();
    }

    /** Keeps a thread of the server for a while. */
    @GET
    @Path("busy")
    public List<String> busy() throws InterruptedException {
        Thread.sleep(300);
        return List.of();
    }

    /** Has the server's executor do something, where it has one. */
    @GET
    @Path("work")
    @SuppressWarnings("BanJNDI") // The name is a constant of the platform.
    public List<String> work() throws Exception {
        ExecutorService executor;
        try {
            executor = InitialContext.doLookup("java:comp/DefaultManagedExecutorService");
        } catch (NamingException e) {
            return List.of();
        }
        return executor.submit(() -> List.of("done")).get();
    }

    /** The threads that a client starts, and the one that each HTTP client of the JDK has. */
    @GET
    @Path("threads")
    public List<String> threads() {
        System.gc();
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("jamsocket-") || name.endsWith("-SelectorManager"))
                .toList();
    }
}
