package com.jamsocket.internal.client;

import com.jamsocket.PlaneSettings;
import com.jamsocket.internal.EmbeddedServerProvider;
import com.jamsocket.internal.config.Addresses;
import com.jamsocket.internal.config.Setting;
import com.jamsocket.internal.wire.Dialect;
import com.jamsocket.internal.wire.JamsocketDialect;
import com.jamsocket.internal.wire.PlaneDialect;
import com.jamsocket.internal.wire.ServerKind;
import java.net.URI;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Which server is meant: its address, its dialect, whether it takes the token, and what it needs to be set up. */
sealed interface Target {

    /** The method of the builder, or the setting, that chooses it. */
    String name(Problems problems);

    /** Validates what this server uses, and adds what is missing or wrong. */
    void check(Caller caller, Problems problems);

    /** Its dialect, for a caller that was {@linkplain #check validated}. */
    Dialect dialect(Caller caller);

    /** Whether the token is sent to it. */
    boolean takesToken();

    /** Where it is; an embedded server is started for that. */
    Endpoint open();

    /**
     * Who calls.
     *
     * @param account the account that owns the service, or null
     * @param token the bearer token, or null
     * @param service the service whose backends are meant, or null
     */
    record Caller(@Nullable String account, @Nullable String token, @Nullable String service) {

        /** What the JavaScript SDK sends for account and service where a development server asks for neither. */
        private static final String NOBODY = "-";

        /** Whether nothing is known of the caller, so that it cannot be told that an API is meant. */
        boolean isNobody() {
            return account == null && token == null && service == null;
        }

        private JamsocketDialect toDevServer() {
            return new JamsocketDialect(
                    Objects.requireNonNullElse(account, NOBODY),
                    Objects.requireNonNullElse(service, NOBODY),
                    ServerKind.DEV_SERVER);
        }

        /** Does not show the token. */
        @Override
        public String toString() {
            return "Caller[account=" + account + ", service=" + service + "]";
        }
    }

    /**
     * Where a server is.
     *
     * @param base its address, ending in a slash
     * @param release to be run when the client is closed
     */
    record Endpoint(URI base, Runnable release) {

        private static Endpoint at(URI address) {
            return new Endpoint(Addresses.require(address), () -> {});
        }
    }

    /** A Jamsocket API. */
    record Api(URI address) implements Target {

        @Override
        public String name(Problems problems) {
            return problems.name("apiUrl(…)", Setting.API_URL);
        }

        @Override
        public void check(Caller caller, Problems problems) {
            problems.require(caller.account, "account(…)", Setting.ACCOUNT, "account");
            problems.require(caller.token, "token(…)", Setting.TOKEN, "token");
            problems.require(caller.service, "service(…)", Setting.SERVICE, "service");
            problems.checkToken(caller.token, "token(…)", Setting.TOKEN);
            problems.checkAddress(address, "apiUrl(…)", Setting.API_URL);
        }

        @Override
        public Dialect dialect(Caller caller) {
            return new JamsocketDialect(
                    Objects.requireNonNull(caller.account), Objects.requireNonNull(caller.service), ServerKind.API);
        }

        @Override
        public boolean takesToken() {
            return true;
        }

        @Override
        public Endpoint open() {
            return Endpoint.at(address);
        }
    }

    /** A development server on this machine. */
    record DevServer(int port) implements Target {

        @Override
        public String name(Problems problems) {
            return problems.name("dev(…)", Setting.DEV);
        }

        @Override
        public void check(Caller caller, Problems problems) {
            problems.checkPort(port, "dev(…)", Setting.DEV_PORT);
        }

        @Override
        public Dialect dialect(Caller caller) {
            return caller.toDevServer();
        }

        @Override
        public boolean takesToken() {
            return false;
        }

        @Override
        public Endpoint open() {
            return Endpoint.at(URI.create("http://localhost:" + port));
        }
    }

    /** A development server in this JVM, which lives as long as the client. */
    record Embedded(Supplier<EmbeddedServerProvider.Options> options) implements Target {

        @Override
        public String name(Problems problems) {
            return problems.name("embedded()", Setting.DEV);
        }

        @Override
        public void check(Caller caller, Problems problems) {}

        @Override
        public Dialect dialect(Caller caller) {
            return caller.toDevServer();
        }

        @Override
        public boolean takesToken() {
            return false;
        }

        @Override
        public Endpoint open() {
            EmbeddedServer server = EmbeddedServer.start(options.get());
            return new Endpoint(Addresses.require(server.url()), server::close);
        }
    }

    /** The controller of a Plane cluster. */
    record Plane(PlaneSettings settings) implements Target {

        @Override
        public String name(Problems problems) {
            return problems.name("plane(…)", Setting.PLANE_URL);
        }

        @Override
        public void check(Caller caller, Problems problems) {
            problems.checkToken(caller.token, "token(…)", Setting.TOKEN);
            problems.checkAddress(settings.controller(), "plane(…)", Setting.PLANE_URL);
        }

        @Override
        public Dialect dialect(Caller caller) {
            return new PlaneDialect(settings, caller.service);
        }

        @Override
        public boolean takesToken() {
            return true;
        }

        @Override
        public Endpoint open() {
            return Endpoint.at(settings.controller());
        }
    }
}
