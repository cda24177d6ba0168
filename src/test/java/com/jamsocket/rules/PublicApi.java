package com.jamsocket.rules;

import static java.util.stream.Collectors.joining;

import com.jamsocket.Jamsocket;
import java.io.File;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericDeclaration;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What users can name, as sorted text: one line for each type, each of its members and each promise it makes. */
final class PublicApi {

    private static final Pattern JAVA_LANG = Pattern.compile("\\bjava\\.lang\\.(?=[A-Z])");

    private PublicApi() {}

    static List<String> lines() throws IOException {
        return types().flatMap(type -> ofType(type).map(line -> readable(type.getTypeName() + ": " + line)))
                .sorted()
                .distinct()
                .toList();
    }

    /** The types that somebody outside can name. */
    static Stream<Class<?>> types() throws IOException {
        Path classes = classes();
        try (Stream<Path> files = Files.walk(classes)) {
            List<Class<?>> types = files.map(file -> classes.relativize(file).toString())
                    .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
                    .map(name -> name.replace(File.separatorChar, '.').replaceAll("\\.class$", ""))
                    .filter(name ->
                            !name.startsWith("com.jamsocket.internal.") && !name.startsWith("com.jamsocket.demo."))
                    .<Class<?>>map(PublicApi::load)
                    .filter(PublicApi::isReachable)
                    .toList();
            return types.stream();
        }
    }

    /** Where the compiled classes are. */
    static Path classes() {
        try {
            return Path.of(Jamsocket.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, PublicApi.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isReachable(Class<?> type) {
        return isShown(type.getModifiers())
                && !type.isAnonymousClass()
                && !type.isLocalClass()
                && (type.getEnclosingClass() == null || isReachable(type.getEnclosingClass()));
    }

    private static boolean isShown(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static Stream<String> ofType(Class<?> type) {
        return Stream.of(
                        Stream.of(declaration(type)),
                        parents(type),
                        stream(type.getPermittedSubclasses()).map(variant -> "permits " + variant.getTypeName()),
                        numbered("component", stream(type.getRecordComponents()).map(PublicApi::ofComponent)),
                        numbered("constant", stream(type.getEnumConstants()).map(constant -> ((Enum<?>) constant)
                                .name())),
                        ofAnnotation(type),
                        members(type))
                .flatMap(lines -> lines);
    }

    private static String declaration(Class<?> type) {
        String kind = type.isAnnotation()
                ? "annotation"
                : type.isInterface() ? "interface" : type.isEnum() ? "enum" : type.isRecord() ? "record" : "class";
        return modifiers(type.getModifiers() & ~(type.isInterface() ? Modifier.ABSTRACT : 0) & ~Modifier.STATIC)
                + (type.isSealed() ? "sealed " : "")
                + kind
                + typeParameters(type);
    }

    /** Without those that every type of its kind has. */
    private static Stream<String> parents(Class<?> type) {
        return type.isEnum() || type.isAnnotation()
                ? Stream.empty()
                : Stream.concat(
                        Stream.ofNullable(type.getGenericSuperclass())
                                .filter(parent -> parent != Object.class && parent != Record.class)
                                .map(parent -> "extends " + parent.getTypeName()),
                        Arrays.stream(type.getGenericInterfaces()).map(parent -> "implements " + parent.getTypeName()));
    }

    private static String ofComponent(RecordComponent component) {
        return component.getGenericType().getTypeName() + " " + component.getName();
    }

    private static Stream<String> ofAnnotation(Class<?> type) {
        Retention retention = type.getAnnotation(Retention.class);
        Target target = type.getAnnotation(Target.class);
        return Stream.concat(
                Stream.ofNullable(retention).map(it -> "retention " + it.value()),
                Stream.ofNullable(target)
                        .flatMap(it -> Arrays.stream(it.value()))
                        .map(it -> "target " + it));
    }

    private static Stream<String> members(Class<?> type) {
        Stream<String> own = Stream.of(
                        Arrays.stream(type.getDeclaredFields())
                                .filter(field -> !field.isEnumConstant())
                                .filter(PublicApi::isShown)
                                .map(PublicApi::ofField),
                        Arrays.stream(type.getDeclaredConstructors())
                                .filter(PublicApi::isShown)
                                .map(PublicApi::ofConstructor),
                        Arrays.stream(type.getDeclaredMethods())
                                .filter(PublicApi::isShown)
                                .filter(method -> !isImplied(method))
                                .map(PublicApi::ofMethod))
                .flatMap(lines -> lines);
        Class<?> parent = type.getSuperclass();
        // What a parent shows that nobody can name is the type's own.
        return parent == null || isReachable(parent) || !parent.getName().startsWith("com.jamsocket.")
                ? own
                : Stream.concat(own, members(parent).filter(line -> !line.startsWith("constructor")));
    }

    private static boolean isShown(Member member) {
        return isShown(member.getModifiers()) && !member.isSynthetic();
    }

    /** What every object, every enum and every component of a record has. */
    private static boolean isImplied(Method method) {
        Class<?> type = method.getDeclaringClass();
        return Set.of("equals", "hashCode", "toString").contains(method.getName())
                || (type.isEnum() && Set.of("values", "valueOf").contains(method.getName()))
                || stream(type.getRecordComponents()).anyMatch(component -> method.equals(component.getAccessor()));
    }

    private static String ofField(Field field) {
        return "field " + modifiers(field.getModifiers())
                + field.getGenericType().getTypeName() + " " + field.getName();
    }

    private static String ofConstructor(Constructor<?> constructor) {
        return "constructor " + modifiers(constructor.getModifiers()) + signature(constructor);
    }

    private static String ofMethod(Method method) {
        Object value = method.getDefaultValue();
        return "method " + modifiers(method.getModifiers()) + (method.isDefault() ? "default " : "")
                + typeParameters(method) + method.getGenericReturnType().getTypeName() + " "
                + method.getName() + signature(method)
                + (value == null ? "" : " = " + (value instanceof Object[] many ? Arrays.toString(many) : value));
    }

    private static String signature(Executable executable) {
        String exceptions = names(executable.getGenericExceptionTypes());
        return "(" + names(executable.getGenericParameterTypes()) + ")"
                + (exceptions.isEmpty() ? "" : " throws " + exceptions);
    }

    private static String names(Type... types) {
        return Arrays.stream(types).map(Type::getTypeName).collect(joining(", "));
    }

    private static String typeParameters(GenericDeclaration declaration) {
        String parameters = Arrays.stream(declaration.getTypeParameters())
                .map(parameter -> parameter.getName() + " extends " + names(parameter.getBounds()))
                .collect(joining(", "));
        return parameters.isEmpty() ? "" : "<" + parameters + "> ";
    }

    /** Those that matter to users; public goes without saying. */
    private static String modifiers(int modifiers) {
        String text = Modifier.toString(
                modifiers & (Modifier.PROTECTED | Modifier.STATIC | Modifier.ABSTRACT | Modifier.FINAL));
        return text.isEmpty() ? "" : text + " ";
    }

    private static Stream<String> numbered(String what, Stream<String> texts) {
        List<String> list = texts.toList();
        return IntStream.range(0, list.size()).mapToObj(i -> "%s %02d %s".formatted(what, i + 1, list.get(i)));
    }

    private static <T> Stream<T> stream(T[] array) {
        return array == null ? Stream.empty() : Arrays.stream(array);
    }

    private static String readable(String line) {
        return JAVA_LANG.matcher(line).replaceAll("").replace('$', '.');
    }
}
