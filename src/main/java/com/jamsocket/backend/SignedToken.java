package com.jamsocket.backend;

import com.jamsocket.JamsocketProtocolException;
import com.jamsocket.internal.wire.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** JSON Web Tokens of one algorithm, HS256, and two types. */
final class SignedToken {

    static final String KICK = "kick+jwt";
    static final String READMIT = "readmit+jwt";

    private static final String ALGORITHM = "HmacSHA256";
    private static final int MIN_KEY = 32;
    private static final Pattern FORM = Pattern.compile("(([\\w-]+)\\.([\\w-]+))\\.([\\w-]+)");

    private final SecretKeySpec key;

    SignedToken(byte[] key) {
        if (key.length < MIN_KEY) {
            throw new IllegalArgumentException("the key must have 32 bytes or more, not " + key.length);
        }
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** What a token says. */
    record Content(String type, Map<String, Object> claims) {}

    String sign(String type, Map<String, Object> claims) {
        return sign(Map.of("alg", "HS256", "typ", type), claims);
    }

    String sign(Map<String, Object> header, Map<String, Object> claims) {
        String signed = encode(header) + "." + encode(claims);
        return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(mac(signed));
    }

    /** What a token says that was signed with the key; {@link IllegalArgumentException} for any other text. */
    Content verify(String token) {
        Matcher parts = FORM.matcher(token.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException("the message is no JSON Web Token");
        }
        // Nothing of it is looked at before that.
        if (!MessageDigest.isEqual(bytes(parts.group(4)), mac(parts.group(1)))) {
            throw new IllegalArgumentException("the message is not signed with the key of this backend");
        }
        Map<String, Object> header = decode(parts.group(2));
        if (!"HS256".equals(header.get("alg")) || !(header.get("typ") instanceof String type)) {
            throw new IllegalArgumentException("the message is not of the kind that is heard here");
        }
        return new Content(type, decode(parts.group(3)));
    }

    private byte[] mac(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    private static String encode(Map<String, Object> object) {
        String json = String.valueOf(Json.fromMap(object));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, Object> decode(String part) {
        try {
            return Json.toMap(Json.readObject(bytes(part)));
        } catch (JamsocketProtocolException e) {
            throw new IllegalArgumentException("the message is no JSON Web Token", e);
        }
    }

    private static byte[] bytes(String part) {
        return Base64.getUrlDecoder().decode(part);
    }
}
