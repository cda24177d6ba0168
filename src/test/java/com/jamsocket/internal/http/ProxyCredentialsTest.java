package com.jamsocket.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a request is sent where a proxy asks for credentials. */
class ProxyCredentialsTest {

    private static final HttpRequest REQUEST =
            HttpRequest.newBuilder(URI.create("http://server.invalid/")).build();

    private final Authenticator before = Authenticator.getDefault();
    private final Deque<Runnable> questions = new ArrayDeque<>();
    private final List<HttpRequest> sent = new ArrayList<>();
    private final Deque<CompletableFuture<HttpResponse<String>>> answers = new ArrayDeque<>();
    private final ProxyCredentials credentials = new ProxyCredentials(
            ProxySelector.of(InetSocketAddress.createUnresolved("proxy.invalid", 3128)), questions::add);

    private PasswordAuthentication known = new PasswordAuthentication("ann", "secret".toCharArray());

    @BeforeEach
    void answerProxies() {
        Authenticator.setDefault(new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return known;
            }
        });
    }

    @AfterEach
    void restore() {
        Authenticator.setDefault(before);
    }

    @Test
    void aRequestIsSentAgainWithWhatTheAuthenticatorKnows() {
        var outcome = send(Answer.asking("Basic realm=\"x\""), new Answer(200, Map.of()));
        ask();

        assertThat(outcome).isCompletedWithValueMatching(answer -> answer.statusCode() == 200);
        assertThat(sent).hasSize(2);
        assertThat(sent.get(0).headers().firstValue("Proxy-Authorization")).isEmpty();
        assertThat(sent.get(1).headers().firstValue("Proxy-Authorization")).hasValue("Basic YW5uOnNlY3JldA==");
        assertThat(send(new Answer(200, Map.of()))).isCompleted();
        assertThat(sent.get(2).headers().firstValue("Proxy-Authorization"))
                .as("known by now")
                .isPresent();
    }

    @Test
    void theRefusalIsTheAnswerWhereTheAuthenticatorKnowsNothing() {
        known = null;
        var outcome = send(Answer.asking("Basic realm=\"x\""));
        ask();

        assertThat(outcome).isCompletedWithValueMatching(answer -> answer.statusCode() == 407);
        assertThat(sent).hasSize(1);
    }

    @Test
    void credentialsThatAreRefusedAreNotSentAgain() {
        assertThat(send(Answer.asking("Basic"), new Answer(200, Map.of()))).isNotCompleted();
        ask();
        var outcome = send(Answer.asking("Basic"));
        ask();

        assertThat(outcome).isCompletedWithValueMatching(answer -> answer.statusCode() == 407);
        assertThat(sent).hasSize(3);
    }

    @Test
    void nobodyIsAskedForAnotherScheme() {
        var outcome = send(Answer.asking("Negotiate"));

        assertThat(outcome).isCompletedWithValueMatching(answer -> answer.statusCode() == 407);
        assertThat(questions).isEmpty();
    }

    @Test
    void whatTheRequestFailedWithIsTheFailure() {
        IOException reset = new IOException("reset");
        answers.add(CompletableFuture.failedFuture(reset));

        assertThat(credentials.send(REQUEST, this::answer))
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCause(reset);
    }

    @Test
    void givingARequestUpGivesUpWhatIsUnderWay() {
        CompletableFuture<HttpResponse<String>> first = new CompletableFuture<>();
        answers.add(first);
        var outcome = credentials.send(REQUEST, this::answer);
        assertThat(outcome.cancel(true)).isTrue();
        assertThat(outcome.cancel(true)).isTrue();
        assertThat(first).isCancelled();

        var asking = send(Answer.asking("Basic"));
        assertThat(asking.cancel(true)).isTrue();
        ask();
        assertThat(sent).as("nothing is sent for what was given up").hasSize(2);

        assertThat(send(new Answer(200, Map.of())).cancel(true)).as("too late").isFalse();
    }

    @Test
    void aRequestThatIsGivenUpWhileItIsBeingSentAgainIsGivenUpToo() {
        CompletableFuture<HttpResponse<String>> again = new CompletableFuture<>();
        answers.add(CompletableFuture.completedFuture(Answer.asking("Basic")));
        List<CompletableFuture<?>> outcome = new ArrayList<>();
        outcome.add(credentials.send(REQUEST, request -> {
            if (answers.isEmpty()) {
                assertThat(outcome.get(0).cancel(true)).isTrue();
                return again;
            }
            return answers.remove();
        }));
        ask();

        assertThat(again).isCancelled();
    }

    private CompletableFuture<HttpResponse<String>> send(Answer... inTurn) {
        for (Answer each : inTurn) {
            answers.add(CompletableFuture.completedFuture(each));
        }
        return credentials.send(REQUEST, this::answer);
    }

    private CompletableFuture<HttpResponse<String>> answer(HttpRequest request) {
        sent.add(request);
        return answers.remove();
    }

    private void ask() {
        while (!questions.isEmpty()) {
            questions.remove().run();
        }
    }

    private record Answer(int statusCode, Map<String, List<String>> fields) implements HttpResponse<String> {

        static Answer asking(String challenge) {
            return new Answer(407, Map.of("Proxy-Authenticate", List.of(challenge)));
        }

        @Override
        public HttpHeaders headers() {
            return HttpHeaders.of(fields, (name, value) -> true);
        }

        @Override
        public HttpRequest request() {
            return REQUEST;
        }

        @Override
        public Optional<HttpResponse<String>> previousResponse() {
            return Optional.empty();
        }

        @Override
        public String body() {
            return "";
        }

        @Override
        public Optional<SSLSession> sslSession() {
            return Optional.empty();
        }

        @Override
        public URI uri() {
            return REQUEST.uri();
        }

        @Override
        public HttpClient.Version version() {
            return HttpClient.Version.HTTP_1_1;
        }
    }
}
