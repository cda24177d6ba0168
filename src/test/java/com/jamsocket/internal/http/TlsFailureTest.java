package com.jamsocket.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What users are told of TLS, by what JDKs say of it. */
class TlsFailureTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    No subject alternative DNS name matching localhost found.       | WRONG_HOST
                    No name matching localhost found                                | WRONG_HOST
                    PKIX path building failed: unable to find valid path            | UNTRUSTED
                    PKIX path validation failed: trust anchor not found             | UNTRUSTED
                    Received fatal alert: certificate_required                      | CLIENT_CERTIFICATE
                    Received fatal alert: bad_certificate                           | CLIENT_CERTIFICATE
                    Received fatal alert: certificate_unknown                       | CLIENT_CERTIFICATE
                    Received fatal alert: protocol_version                          | PROTOCOL
                    Received fatal alert: handshake_failure                         | PROTOCOL
                    Unsupported or unrecognized SSL message                         | PROTOCOL
                    closing inbound before receiving peer's close_notify            | BROKEN
                    """)
    void isKnownByTheWordsOfTheJdk(String message, TlsFailure expected) {
        assertThat(TlsFailure.in(new IOException(new SSLHandshakeException(message))))
                .isEqualTo(expected);
    }

    @Test
    void isKnownByItsTypeWhereThatTellsIt() {
        assertThat(TlsFailure.in(new SSLException("x", new CertificateExpiredException("NotAfter"))))
                .isEqualTo(TlsFailure.EXPIRED);
        assertThat(TlsFailure.in(new SSLException("x", new CertificateNotYetValidException("NotBefore"))))
                .isEqualTo(TlsFailure.EXPIRED);
        assertThat(TlsFailure.in(new SSLException("x", new CertPathBuilderException("no path"))))
                .isEqualTo(TlsFailure.UNTRUSTED);
    }

    @Test
    void isTheMatterOfNoOtherFailure() {
        assertThat(TlsFailure.in(new IOException("Received fatal alert: handshake_failure")))
                .isNull();
        assertThat(TlsFailure.in(new IOException("HTTPS hostname wrong: should be <localhost>")))
                .isEqualTo(TlsFailure.WRONG_HOST);
        assertThat(TlsFailure.in(new IOException("Wrong HTTPS hostname: should be <localhost>")))
                .isEqualTo(TlsFailure.WRONG_HOST);
    }
}
