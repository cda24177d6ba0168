package com.jamsocket.servers;

import com.example.documents.Documents;
import com.example.ends.Ends;
import com.example.own.OwnClient;
import com.example.watcher.Watched;
import com.example.watcher.Watcher;
import com.example.watcher.WatcherResource;
import java.io.File;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** What is deployed. */
final class Archives {

    private Archives() {}

    /** The application with the packaged jars, one of its clients having an embedded server, and its settings. */
    static WebArchive documents(String name) {
        return withSettings(ShrinkWrap.create(WebArchive.class, name + ".war")
                .addAsLibraries(packaged("jar"), packaged("dev.jar"))
                .addPackage(Documents.class.getPackage()));
    }

    /** The application with what it adds for those who operate it, as far as the server has the APIs for that. */
    static WebArchive operated(String name) {
        WebArchive archive = ShrinkWrap.create(WebArchive.class, name + ".war")
                .addAsLibraries(packaged("jar"), packaged("dev.jar"))
                .addPackage(Documents.class.getPackage());
        for (String api : System.getProperty("server.apis").split(",", -1)) {
            archive.addPackage("com.example.operated." + api);
        }
        return withSettings(
                archive,
                "jamsocket.clients.desk.dev=true",
                "jamsocket.clients.desk.dev-port=" + Integer.getInteger("dev.port"),
                "jamsocket.clients.desk.retry-time=0",
                "otel.sdk.disabled=false",
                "otel.exporter.otlp.endpoint=http://127.0.0.1:" + Integer.getInteger("collector.port"),
                "otel.exporter.otlp.protocol=http/protobuf",
                "otel.logs.exporter=none",
                "otel.bsp.schedule.delay=200",
                "otel.metric.export.interval=1000");
    }

    private static WebArchive withSettings(WebArchive application, String... further) {
        String settings = "jamsocket.dev=true\njamsocket.dev-port=" + Integer.getInteger("dev.port") + "\n"
                + String.join("\n", further);
        WebArchive archive =
                application.addAsResource(new StringAsset(settings), "META-INF/microprofile-config.properties");
        File context = new File("src/it/servers/" + System.getProperty("arquillian.launch") + "/META-INF/context.xml");
        return context.exists() ? archive.addAsManifestResource(context) : archive;
    }

    private static JavaArchive packaged(String property) {
        return ShrinkWrap.createFromZipFile(JavaArchive.class, new File(System.getProperty(property)));
    }

    /** The application with a client of its own making. */
    static WebArchive withItsOwnClient(String name) {
        return documents(name).addPackage(OwnClient.class.getPackage());
    }

    /** An application that counts the ends that it is told of. */
    static WebArchive ends(String name) {
        return withSettings(ShrinkWrap.create(WebArchive.class, name + ".war")
                .addAsLibraries(packaged("jar"))
                .addPackage(Ends.class.getPackage()));
    }

    /** An application with the development server, which no setting asks for: its own are ahead of all others. */
    static WebArchive inProduction(String name) {
        return withSettings(
                ShrinkWrap.create(WebArchive.class, name + ".war")
                        .addAsLibraries(packaged("jar"), packaged("dev.jar"))
                        .addPackage(Ends.class.getPackage()),
                "config_ordinal=500",
                "jamsocket.dev=false",
                "jamsocket.clients.scratch.dev=false",
                "JAMSOCKET_CLIENTS_SCRATCH_DEV=false",
                "jamsocket.plane-url=http://127.0.0.1:" + Integer.getInteger("dev.port") + "/",
                "jamsocket.plane-image=example/room:1");
    }

    /** The application with a port that is none. */
    static WebArchive misconfigured(String name, boolean failFast) {
        return withSettings(
                ShrinkWrap.create(WebArchive.class, name + ".war")
                        .addAsLibraries(packaged("jar"), packaged("dev.jar"))
                        .addPackage(Documents.class.getPackage()),
                "jamsocket.dev-port=seventy",
                "jamsocket.fail-fast=" + failFast);
    }

    /** The application, watched. */
    static WebArchive watched(String name) {
        return documents(name)
                .addPackage(Watched.class.getPackage())
                .deleteClasses(Watcher.class, WatcherResource.class);
    }

    /** The application, watched, with an embedded server that runs a command for each of its backends. */
    static WebArchive watchedWithCommand(String name, String... command) {
        return withSettings(
                watched(name),
                "jamsocket.clients.scratch.dev-command='" + String.join("' '", command) + "'",
                "jamsocket.clients.scratch.dev-watch=" + new File("src/test/js").getAbsolutePath());
    }

    /** What watches it. */
    static WebArchive watcher(String name) {
        return plain(name).deleteClass(Watched.class);
    }

    /** An application without the jar, watched. */
    static WebArchive plain(String name) {
        return ShrinkWrap.create(WebArchive.class, name + ".war").addPackage(Watcher.class.getPackage());
    }
}
