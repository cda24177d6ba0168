package com.jamsocket.rules;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** Who may know whom, as docs/rationale.md has it. */
@AnalyzeClasses(packages = "com.jamsocket", importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsTest {

    private static final String ROOT = "com.jamsocket";
    private static final String COMMON = "com.jamsocket.internal";
    private static final String SSE = "com.jamsocket.internal.sse";
    private static final String WIRE = "com.jamsocket.internal.wire";
    private static final String HTTP = "com.jamsocket.internal.http";
    private static final String CONFIG = "com.jamsocket.internal.config";
    private static final String CLIENT = "com.jamsocket.internal.client";
    private static final String JSON = "com.jamsocket.json";
    private static final String CDI = "com.jamsocket.cdi";
    private static final String DEV = "com.jamsocket.dev";
    private static final String BACKEND = "com.jamsocket.backend";
    private static final String DEMO = "com.jamsocket.demo";

    @ArchTest
    static final ArchRule sse = room(SSE, COMMON);

    @ArchTest
    static final ArchRule wire = room(WIRE, ROOT, COMMON);

    @ArchTest
    static final ArchRule http = room(HTTP, ROOT, COMMON, WIRE);

    @ArchTest
    static final ArchRule config = room(CONFIG, ROOT, COMMON);

    @ArchTest
    static final ArchRule json = room(JSON, ROOT, COMMON, WIRE);

    @ArchTest
    static final ArchRule cdi = room(CDI, ROOT, COMMON, CLIENT, CONFIG);

    @ArchTest
    static final ArchRule dev = room(DEV, ROOT, COMMON, WIRE);

    @ArchTest
    static final ArchRule backend = room(BACKEND, ROOT, COMMON, WIRE);

    @ArchTest
    static final ArchRule common = room(COMMON);

    @ArchTest
    static final ArchRule rootKnowsTheClientByItsFrontDoorAlone = noClasses()
            .that()
            .resideInAPackage(ROOT)
            .should()
            .dependOnClassesThat(resideInAnyPackage(SSE, WIRE, HTTP, CONFIG, BACKEND, CDI, DEV)
                    .or(resideInAPackage(CLIENT).and(notNamed("ClientBuilder"))));

    @ArchTest
    static final ArchRule onlyOneClassOfTheClientStartsTheEmbeddedServer = noClasses()
            .that(resideInAPackage(CLIENT).and(notNamed("EmbeddedServer")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(DEV);

    @ArchTest
    static final ArchRule nobodyKnowsCdi = noClasses()
            .that()
            .resideOutsideOfPackages(CDI, DEMO)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(CDI);

    @ArchTest
    static final ArchRule jaxRsClientsStayInHttpAndStreams = onlyIn("jakarta.ws.rs.client..", HTTP, SSE);

    @ArchTest
    static final ArchRule eventsStayInStreams = onlyIn("jakarta.ws.rs.sse..", SSE, CLIENT);

    @ArchTest
    static final ArchRule containersStayInCdi = onlyIn("jakarta.enterprise..", CDI, DEMO);

    @ArchTest
    static final ArchRule injectionStaysInCdi = onlyIn("jakarta.inject..", CDI, DEMO);

    @ArchTest
    static final ArchRule jsonStaysInWireAndJson = onlyIn("jakarta.json..", WIRE, JSON, ROOT);

    @ArchTest
    static final ArchRule microProfileStaysInOneClass = noClasses()
            .that(notNamed("MicroProfileSettings").and(notNamed("MicroProfileSettings$Lookup")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.eclipse.microprofile..");

    @ArchTest
    static final ArchRule nothingButTheJdkAndJakartaAtRunTime = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "com.jamsocket..",
                    "java..",
                    "javax.net..",
                    "javax.naming..",
                    "jakarta..",
                    "org.eclipse.microprofile..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule noPublicMethodShowsTheInside = methods()
            .that()
            .arePublic()
            .and()
            .areDeclaredInClassesThat(
                    resideInAnyPackage(ROOT, BACKEND, JSON, CDI, DEV).and(arePublic()))
            .should(new ArchCondition<>("show no internal type") {
                @Override
                public void check(JavaMethod method, ConditionEvents events) {
                    method.getAllInvolvedRawTypes().stream()
                            .filter(type -> type.getPackageName().startsWith(COMMON))
                            .forEach(type -> events.add(SimpleConditionEvent.violated(
                                    method, method.getFullName() + " shows " + type.getName())));
                }
            });

    /** A room of ours may know itself, these others of ours, and whatever is not ours. */
    private static ArchRule room(String room, String... others) {
        DescribedPredicate<JavaClass> known = resideInAnyPackage(others).or(resideInAPackage(room));
        return noClasses()
                .that()
                .resideInAPackage(room)
                .should()
                .dependOnClassesThat(resideInAPackage("com.jamsocket..").and(DescribedPredicate.not(known)));
    }

    private static ArchRule onlyIn(String library, String... rooms) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(rooms)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library);
    }

    private static DescribedPredicate<JavaClass> notNamed(String name) {
        return DescribedPredicate.describe(
                "not " + name, type -> !type.getName().endsWith("." + name));
    }

    private static DescribedPredicate<JavaClass> arePublic() {
        return DescribedPredicate.describe(
                "public", type -> type.getModifiers().contains(com.tngtech.archunit.core.domain.JavaModifier.PUBLIC));
    }
}
