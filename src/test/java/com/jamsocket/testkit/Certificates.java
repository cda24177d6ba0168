package com.jamsocket.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** An authority that nobody else knows, and the certificates that it has signed, made by the JDK's keytool. */
public final class Certificates {

    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final String AUTHORITY = "ca";

    private final Path directory;
    private final Set<String> known = new HashSet<>();
    private final Certificate authority;

    public Certificates(Path directory) throws Exception {
        this.directory = directory;
        keytool("-alias", AUTHORITY, "-dname", "CN=authority", "-ext", "bc:c");
        authority = keys().getCertificate(AUTHORITY);
    }

    /** Signs a certificate for a host, valid for five days from a time as keytool writes it; once for each name. */
    public void add(String name, String host, String start) throws Exception {
        if (known.add(name)) {
            keytool(
                    "-alias",
                    name,
                    "-dname",
                    "CN=" + host,
                    "-ext",
                    "SAN=dns:" + host,
                    "-signer",
                    AUTHORITY,
                    "-startdate",
                    start);
        }
    }

    /** What a server has that shows one certificate and trusts the authority. */
    public SSLContext server(String name) throws GeneralSecurityException, IOException {
        KeyStore keys = keys();
        for (String alias : Collections.list(keys.aliases())) {
            if (!alias.equals(name)) {
                keys.deleteEntry(alias);
            }
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        return context("TLS", managers.getKeyManagers(), authority);
    }

    /** What a client has that trusts the authority. */
    public SSLContext trusting(String protocol) throws GeneralSecurityException, IOException {
        return context(protocol, null, authority);
    }

    /** What a client has that trusts whom the JDK trusts. */
    public static SSLContext trustingOthers() throws GeneralSecurityException, IOException {
        return context("TLS", null, null);
    }

    private static SSLContext context(String protocol, KeyManager @Nullable [] own, @Nullable Certificate trusted)
            throws GeneralSecurityException, IOException {
        KeyStore issuers = null;
        if (trusted != null) {
            issuers = KeyStore.getInstance("PKCS12");
            issuers.load(null, null);
            issuers.setCertificateEntry(AUTHORITY, trusted);
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(issuers);
        SSLContext context = SSLContext.getInstance(protocol);
        context.init(own, managers.getTrustManagers(), null);
        return context;
    }

    private KeyStore keys() throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(directory.resolve("keys.p12"))) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }

    private void keytool(String... arguments) throws Exception {
        Stream<String> command = Stream.of(
                Jvm.tool("keytool"),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-validity",
                "5",
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                directory.resolve("keys.p12").toString());
        Process process = new ProcessBuilder(
                        Stream.concat(command, Stream.of(arguments)).toList())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.txt").toFile())
                .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue())
                .as("%s", Files.readString(directory.resolve("keytool.txt")))
                .isZero();
    }
}
