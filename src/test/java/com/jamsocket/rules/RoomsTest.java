package com.jamsocket.rules;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;

/** Who may import whom. A room is a package, by its exact name. */
@AnalyzeClasses(locations = Production.class, importOptions = Production.class)
class RoomsTest {

    static final String ROOT = "com.jamsocket";
    private static final String JSON = "com.jamsocket.json";
    private static final String CDI = "com.jamsocket.cdi";
    private static final String DEV = "com.jamsocket.dev";
    private static final String TEST = "com.jamsocket.test";
    private static final String BACKEND = "com.jamsocket.backend";
    private static final String REST = "com.jamsocket.rest";
    private static final String BACKEND_SERVLET = "com.jamsocket.backend.servlet";
    private static final String BACKEND_REST = "com.jamsocket.backend.rest";
    private static final String BACKEND_WEBSOCKET = "com.jamsocket.backend.websocket";

    static final String COMMON = "com.jamsocket.internal";
    private static final String SSE = "com.jamsocket.internal.sse";
    private static final String WIRE = "com.jamsocket.internal.wire";
    private static final String HTTP = "com.jamsocket.internal.http";
    private static final String CONFIG = "com.jamsocket.internal.config";
    private static final String CLIENT = "com.jamsocket.internal.client";
    private static final String BINDINGS = "com.jamsocket.internal.json";
    private static final String SHARING = "com.jamsocket.internal.rest";
    private static final String RECORDING = "com.jamsocket.internal.observe";
    private static final String OBSERVE = "com.jamsocket.observe";
    private static final String CDI_SCAN = "com.jamsocket.internal.cdi";
    private static final String ADMISSION = "com.jamsocket.internal.backend";
    private static final String DEV_HTTP = "com.jamsocket.internal.dev.http";
    private static final String DEV_CLUSTER = "com.jamsocket.internal.dev.cluster";
    private static final String DEV_LAUNCH = "com.jamsocket.internal.dev.launch";
    private static final String DEV_TERMINAL = "com.jamsocket.internal.dev.terminal";
    private static final String DEV_PAGE = "com.jamsocket.internal.dev.page";
    private static final String DEV_EMBEDDED = "com.jamsocket.internal.dev.embedded";
    private static final String DEV_TIME = "com.jamsocket.internal.dev.time";
    private static final String DEV_API = "com.jamsocket.internal.dev.api";

    private static final String CLIENT_FRONT = CLIENT + ".ClientBuilder";

    /** Each room and what it may import of ours beside itself: rooms, or single classes of them. */
    static final Map<String, Set<String>> ROOMS = Map.ofEntries(
            entry(COMMON, Set.of()),
            entry(ROOT, Set.of(COMMON)),
            entry(SSE, Set.of(COMMON)),
            entry(WIRE, Set.of(ROOT, COMMON)),
            // SSE for the capture of requests, which calls over the JDK's client share with handshakes.
            entry(HTTP, Set.of(ROOT, COMMON, WIRE, SSE)),
            entry(CONFIG, Set.of(ROOT, COMMON)),
            entry(SHARING, Set.of(ROOT, COMMON)),
            entry(RECORDING, Set.of()),
            entry(CLIENT, Set.of(ROOT, COMMON, CONFIG, WIRE, HTTP, SSE, SHARING, RECORDING)),
            entry(BINDINGS, Set.of(ROOT, COMMON, WIRE)),
            entry(JSON, Set.of(ROOT, COMMON, BINDINGS)),
            entry(
                    CDI,
                    Set.of(
                            ROOT,
                            COMMON,
                            CONFIG,
                            CDI_SCAN,
                            CLIENT_FRONT,
                            CLIENT + ".Hooks",
                            CLIENT + ".StateDeduplication",
                            CLIENT + ".StatusFollower",
                            CLIENT + ".EmbeddedServer")),
            entry(OBSERVE, Set.of(ROOT, CLIENT_FRONT, CLIENT + ".Hooks", CLIENT + ".HookGuard")),
            entry(REST, Set.of(ROOT, COMMON, WIRE, SHARING)),
            entry(CDI_SCAN, Set.of(ROOT)),
            entry(BACKEND, Set.of(ROOT, COMMON, WIRE)),
            entry(ADMISSION, Set.of(BACKEND)),
            entry(BACKEND_SERVLET, Set.of(BACKEND, ADMISSION)),
            entry(BACKEND_REST, Set.of(BACKEND, ADMISSION)),
            entry(BACKEND_WEBSOCKET, Set.of(BACKEND, ADMISSION)),
            entry(DEV_HTTP, Set.of(COMMON)),
            entry(DEV_CLUSTER, Set.of(ROOT, COMMON)),
            entry(DEV_LAUNCH, Set.of(COMMON)),
            entry(DEV_TIME, Set.of(COMMON)),
            entry(DEV_TERMINAL, Set.of(ROOT, COMMON, DEV_CLUSTER)),
            entry(DEV_PAGE, Set.of(ROOT, COMMON, WIRE, DEV_HTTP, DEV_CLUSTER)),
            entry(DEV_API, Set.of(ROOT, COMMON, WIRE, DEV_HTTP, DEV_CLUSTER, DEV_PAGE, DEV_TIME)),
            entry(TEST, Set.of(ROOT, COMMON, DEV)),
            entry(DEV_EMBEDDED, Set.of(COMMON, DEV, DEV_LAUNCH)),
            entry(
                    DEV,
                    Set.of(
                            ROOT,
                            COMMON,
                            CONFIG + ".Addresses",
                            DEV_HTTP,
                            DEV_CLUSTER,
                            DEV_API,
                            DEV_LAUNCH,
                            DEV_TERMINAL,
                            DEV_TIME)));

    /** The first exception: a user finds the builder at the door, {@code Jamsocket.builder()}. */
    private static final DescribedPredicate<JavaClass> FRONT_DOORS =
            describe("the front doors", type -> Set.of(ROOT + ".Jamsocket", ROOT + ".PlaneControl")
                    .contains(type.getName()));

    /** The second exception: an annotation names the class that it needs. */
    private static final DescribedPredicate<JavaClass> BOUND_TYPES = resideInRoom(ROOT)
            .and(describe(
                    "bound to JSON",
                    type -> type.isAnnotatedWith("jakarta.json.bind.annotation.JsonbTypeSerializer")
                            || type.isAnnotatedWith("jakarta.json.bind.annotation.JsonbTypeAdapter")));

    @ArchTest
    static final ArchRule roomsFormNoCircle = slices().assignedFrom(byExactName())
            .should()
            .beFreeOfCycles()
            .ignoreDependency(FRONT_DOORS, named(CLIENT_FRONT))
            .ignoreDependency(BOUND_TYPES, resideInRoom(BINDINGS));

    @ArchTest
    static final ArchRule roomsImportOnlyWhatTheyMay = classes().should(new ArchCondition<>("import what they may") {
        @Override
        public void check(JavaClass type, ConditionEvents events) {
            type.getDirectDependenciesFromSelf().stream()
                    .filter(dependency -> isOurs(dependency.getTargetClass()) && !mayImport(type, dependency))
                    .forEach(dependency ->
                            events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription())));
        }
    });

    @ArchTest
    static final ArchRule everyRoomIsListed = classes()
            .should()
            .resideInAnyPackage(ROOMS.keySet().toArray(String[]::new))
            .because("a new package needs a line in ROOMS that says what it may import");

    private static boolean isOurs(JavaClass type) {
        String room = room(type);
        return room.equals(ROOT) || room.startsWith(ROOT + ".");
    }

    private static boolean mayImport(JavaClass type, Dependency dependency) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        Set<String> known = ROOMS.getOrDefault(room(type), Set.of());
        return room(target).equals(room(type))
                || known.contains(room(target))
                || known.contains(outermost(target))
                || (FRONT_DOORS.test(type) && named(CLIENT_FRONT).test(target))
                || (BOUND_TYPES.test(type) && room(target).equals(BINDINGS) && isAnnotation(dependency));
    }

    private static boolean isAnnotation(Dependency dependency) {
        return dependency.getDescription().contains("> has annotation member of type <");
    }

    private static SliceAssignment byExactName() {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                return SliceIdentifier.of(room(type));
            }

            @Override
            public String getDescription() {
                return "packages by their exact names";
            }
        };
    }

    @ArchTest
    static final ArchRule jaxRsClientsStayInHttpAndStreamsAndHandles = noClasses()
            .that()
            .resideOutsideOfPackages(HTTP, SSE)
            .and(not(describe("handles of backends", type -> type.getName().endsWith("BackendHandle"))))
            .and(not(describe(
                    "what watches requests", type -> Set.of(OBSERVE + ".TraceFilter", CLIENT + ".ForwardingTransport")
                            .contains(type.getName()))))
            .should()
            .dependOnClassesThat(resideInAPackage("jakarta.ws.rs.client.."));

    @ArchTest
    static final ArchRule eventsStayInStreams = onlyIn("jakarta.ws.rs.sse..", SSE, CLIENT, REST);

    @ArchTest
    static final ArchRule containersStayInCdi = onlyIn("jakarta.enterprise..", CDI, CDI_SCAN, ADMISSION, TEST);

    @ArchTest
    static final ArchRule injectionStaysInCdi = onlyIn("jakarta.inject..", CDI, TEST);

    @ArchTest
    static final ArchRule flightRecorderStaysInObserve = onlyIn("jdk.jfr..", RECORDING);

    @ArchTest
    static final ArchRule servletsStayInTheirRoom = onlyIn("jakarta.servlet..", BACKEND_SERVLET);

    @ArchTest
    static final ArchRule webSocketsStayInTheirRoom = onlyIn("jakarta.websocket..", BACKEND_WEBSOCKET);

    @ArchTest
    static final ArchRule resourcesStayInTheirRooms = onlyIn("jakarta.ws.rs.container..", BACKEND_REST, REST);

    @ArchTest
    static final ArchRule nothingIsRegisteredByItself = noClasses()
            .should()
            .beAnnotatedWith("jakarta.ws.rs.Path")
            .orShould()
            .beAnnotatedWith("jakarta.ws.rs.ext.Provider")
            .orShould()
            .beAnnotatedWith("jakarta.servlet.annotation.WebFilter")
            .orShould()
            .beAnnotatedWith("jakarta.servlet.annotation.WebServlet")
            .orShould()
            .beAnnotatedWith("jakarta.websocket.server.ServerEndpoint")
            .because("servers scan the jars of an application and would take it for the application's");

    @ArchTest
    static final ArchRule jsonStaysInWireAndBindings = onlyIn(
            describe("in jakarta.json", type -> type.getPackageName().equals("jakarta.json")),
            WIRE,
            BINDINGS,
            JSON,
            DEV_API);

    @ArchTest
    static final ArchRule jsonbStaysInBindingsAndAnnotations =
            onlyIn(resideInAPackage("jakarta.json.bind.."), BINDINGS, JSON, ROOT);

    @ArchTest
    static final ArchRule microProfileStaysInOneClass = noClasses()
            .that(not(describe("MicroProfileSettings", type -> outermost(type).endsWith(".MicroProfileSettings"))))
            .and(not(named(OBSERVE + ".JamsocketReadiness")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.eclipse.microprofile..");

    @ArchTest
    static final ArchRule micrometerStaysInItsClasses = onlyIn("io.micrometer..", OBSERVE);

    @ArchTest
    static final ArchRule openTelemetryStaysInItsClasses = onlyIn("io.opentelemetry..", OBSERVE);

    @ArchTest
    static final ArchRule jUnitStaysInTests = onlyIn("org.junit..", TEST);

    @ArchTest
    static final ArchRule theExceptionsOfTestsStayInTests = onlyIn("org.opentest4j..", TEST);

    @ArchTest
    static final ArchRule nothingButTheJdkAndJakartaAtRunTime = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "com.jamsocket..",
                    "java..",
                    "javax.crypto..",
                    "javax.net..",
                    "javax.naming..",
                    "jakarta..",
                    "jdk.jfr..",
                    "io.micrometer..",
                    "io.opentelemetry..",
                    "org.eclipse.microprofile..",
                    "org.junit..",
                    "org.opentest4j..",
                    "org.jspecify..");

    /**
     * Where time and chance come from: the ticker of clients, that of development servers, and nonces of tokens. What
     * runs on the machine itself keeps the machine's time.
     */
    private static final Set<String> TIME_AND_CHANCE = Set.of(
            COMMON + ".SystemTicker",
            DEV_HTTP + ".EventLoop",
            DEV_TIME + ".MachineTime",
            // A time limit of the application's own.
            CLIENT + ".SharedStage",
            // An application says when its own call was.
            CDI + ".BackendInfo",
            BACKEND + ".KickSigner",
            DEV_LAUNCH + ".BackendProcess",
            DEV_LAUNCH + ".RunningProcesses",
            DEV_LAUNCH + ".SourceWatch");

    @ArchTest
    static final ArchRule timeAndChanceAreArguments = noClasses()
            .that(not(describe("tickers", type -> TIME_AND_CHANCE.contains(outermost(type)))))
            .should()
            .callCodeUnitWhere(describe("asks a clock, sleeps or throws dice", RoomsTest::isTimeOrChance))
            .because("whole lives of clients run in simulated time: take a Ticker");

    private static boolean isTimeOrChance(JavaCall<?> call) {
        String method = call.getTargetOwner().getSimpleName() + "." + call.getName();
        return Set.of(
                                "Thread.sleep",
                                "TimeUnit.sleep",
                                "LockSupport.parkNanos",
                                "LockSupport.parkUntil",
                                "System.nanoTime",
                                "System.currentTimeMillis",
                                "Math.random",
                                "UUID.randomUUID",
                                "ThreadLocalRandom.current",
                                "CompletableFuture.orTimeout",
                                "CompletableFuture.completeOnTimeout",
                                "CompletableFuture.delayedExecutor")
                        .contains(method)
                || (call.getTargetOwner().getPackageName().equals("java.time")
                        && Set.of("now", "system", "systemUTC", "systemDefaultZone")
                                .contains(call.getName()))
                || (call.getTargetOwner().isAssignableTo(RandomGenerator.class)
                        && call.getName().equals("<init>"))
                || (call.getTargetOwner().isAssignableTo(ScheduledExecutorService.class)
                        // From JDK 25 on this one is such a service, but delays nothing if it is not asked to.
                        && !call.getTargetOwner().isEquivalentTo(ForkJoinPool.class)
                        && call.getName().equals("<init>"))
                || method.startsWith("ForkJoinPool.schedule")
                || (method.equals("Timer.<init>")
                        && call.getTargetOwner().getPackageName().equals("java.util"))
                || (method.startsWith("Executors.newS") && call.getName().contains("Scheduled"));
    }

    private static ArchRule onlyIn(String library, String... rooms) {
        return onlyIn(resideInAPackage(library), rooms);
    }

    private static ArchRule onlyIn(DescribedPredicate<JavaClass> library, String... rooms) {
        return noClasses().that().resideOutsideOfPackages(rooms).should().dependOnClassesThat(library);
    }

    private static DescribedPredicate<JavaClass> resideInRoom(String room) {
        return describe("in " + room, type -> room(type).equals(room));
    }

    private static DescribedPredicate<JavaClass> named(String name) {
        return describe(name, type -> type.getName().equals(name));
    }

    private static String room(JavaClass type) {
        return type.getBaseComponentType().getPackageName();
    }

    private static String outermost(JavaClass type) {
        String name = type.getName();
        int nested = name.indexOf('$');
        return nested < 0 ? name : name.substring(0, nested);
    }
}
