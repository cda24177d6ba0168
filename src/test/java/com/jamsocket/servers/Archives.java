package com.jamsocket.servers;

import com.example.documents.Documents;
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
        WebArchive archive = ShrinkWrap.create(WebArchive.class, name + ".war")
                .addAsLibraries(packaged("jar"), packaged("dev.jar"))
                .addPackage(Documents.class.getPackage())
                .addAsResource(
                        new StringAsset(
                                "jamsocket.dev=true\njamsocket.dev-port=" + Integer.getInteger("dev.port") + "\n"),
                        "META-INF/microprofile-config.properties");
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

    /** The application, watched. */
    static WebArchive watched(String name) {
        return documents(name)
                .addPackage(Watched.class.getPackage())
                .deleteClasses(Watcher.class, WatcherResource.class);
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
