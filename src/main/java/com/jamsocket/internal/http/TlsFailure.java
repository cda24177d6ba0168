package com.jamsocket.internal.http;

import com.jamsocket.JamsocketConnectionException;
import com.jamsocket.internal.Causes;
import com.jamsocket.internal.wire.Call;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What went wrong in TLS, and what to do about it. What is wrong with a certificate does not pass by itself. */
enum TlsFailure {
    EXPIRED("its certificate is not valid at this time: renew it, and check the clocks", false, false),
    WRONG_HOST("its certificate is for another host: use the name in the certificate as the address", false, false),
    UNTRUSTED(
            "its certificate is of an unknown issuer: trust that in the sslContext of the builder, or in the JVM's"
                    + " javax.net.ssl.trustStore",
            false,
            false),
    /** Under TLS 1.3 it shows after the request. */
    CLIENT_CERTIFICATE(
            "it refuses the client certificate, or asks for one: give it in the sslContext of the builder",
            true,
            false),
    PROTOCOL(
            "no TLS is agreed upon with it: check that the port speaks TLS, which versions and cipher suites both"
                    + " allow, and whether it asks for a client certificate",
            false,
            false),
    BROKEN("the connection broke during TLS", true, true);

    private final String advice;
    private final boolean mayHaveBeenSent;
    private final boolean retryable;

    TlsFailure(String advice, boolean mayHaveBeenSent, boolean retryable) {
        this.advice = advice;
        this.mayHaveBeenSent = mayHaveBeenSent;
        this.retryable = retryable;
    }

    /** What went wrong with TLS, by the types where they tell it, else by the text of the JDK; null if nothing did. */
    static @Nullable TlsFailure in(Throwable failure) {
        String text = text(failure);
        // The words of JDK 17, and those of JDK 25.
        if (text.contains("https hostname wrong") || text.contains("wrong https hostname")) {
            // How URL connections say it, with an IOException of no special type.
            return WRONG_HOST;
        }
        return Causes.of(failure).anyMatch(SSLException.class::isInstance) ? of(failure, text) : null;
    }

    private static TlsFailure of(Throwable failure, String text) {
        if (Causes.of(failure)
                .anyMatch(cause -> cause instanceof CertificateExpiredException
                        || cause instanceof CertificateNotYetValidException)) {
            return EXPIRED;
        }
        if (text.contains("subject alternative") || text.contains("no name matching")) {
            return WRONG_HOST;
        }
        if (Causes.of(failure).anyMatch(CertPathBuilderException.class::isInstance)
                || text.contains("path building failed")
                || text.contains("path validation failed")) {
            return UNTRUSTED;
        }
        if (text.contains("fatal alert: certificate_required")
                || text.contains("fatal alert: bad_certificate")
                || text.contains("fatal alert: certificate_unknown")) {
            return CLIENT_CERTIFICATE;
        }
        boolean disagreement = Stream.of(
                        "protocol_version",
                        "handshake_failure",
                        "no appropriate protocol",
                        "unrecognized_name",
                        "unsupported or unrecognized ssl message",
                        "plaintext connection",
                        "no negotiable cipher suite")
                .anyMatch(text::contains);
        return disagreement ? PROTOCOL : BROKEN;
    }

    JamsocketConnectionException exception(String server, Call call, Throwable failure) {
        return new JamsocketConnectionException(
                "no TLS connection to " + server + ": " + advice + " (" + call + ")",
                failure,
                mayHaveBeenSent,
                retryable);
    }

    private static String text(Throwable failure) {
        return String.join(
                        " ",
                        Causes.of(failure)
                                .map(cause -> String.valueOf(cause.getMessage()))
                                .toList())
                .toLowerCase(Locale.ROOT);
    }
}
