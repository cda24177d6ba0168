package com.jamsocket.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketAsync;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ParityTest {

    /** What has no non-blocking form because it does not block. */
    private static final Set<String> BLOCKING_ONLY = Set.of("async", "close", "statusPublisher");

    @Test
    void theNonBlockingViewHasTheSameVerbsWithTheSameParametersAndResults() {
        Map<String, String> blocking = verbs(Jamsocket.class, Method::getGenericReturnType);
        BLOCKING_ONLY.forEach(name -> blocking.keySet().removeIf(verb -> verb.startsWith(name + "(")));

        assertThat(verbs(JamsocketAsync.class, ParityTest::resultOfStage)).isEqualTo(blocking);
    }

    private static Map<String, String> verbs(Class<?> view, java.util.function.Function<Method, Type> result) {
        return instanceMethods(view)
                .collect(Collectors.toMap(
                        method -> method.getName()
                                + Arrays.toString(method.getGenericParameterTypes())
                                        .replace('[', '(')
                                        .replace(']', ')'),
                        method -> boxed(result.apply(method)),
                        (one, other) -> one,
                        TreeMap::new));
    }

    private static Stream<Method> instanceMethods(Class<?> view) {
        return Arrays.stream(view.getDeclaredMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()) && !method.isSynthetic());
    }

    private static Type resultOfStage(Method method) {
        ParameterizedType stage = (ParameterizedType) method.getGenericReturnType();
        assertThat(stage.getRawType()).isEqualTo(CompletionStage.class);
        return stage.getActualTypeArguments()[0];
    }

    private static String boxed(Type type) {
        return type == void.class ? Void.class.getTypeName() : type.getTypeName();
    }
}
