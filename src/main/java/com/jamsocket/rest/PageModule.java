package com.jamsocket.rest;

import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The module for pages, as this jar has it. */
final class PageModule {

    private static final String FILE = "/META-INF/resources/jamsocket/session-backend.js";
    private static final byte[] TEXT = read();
    private static final EntityTag TAG = new EntityTag(hash(TEXT));

    private PageModule() {}

    /** The module, unless the browser has it. */
    static Response answer(Request request) {
        Response.ResponseBuilder notModified = request.evaluatePreconditions(TAG);
        Response.ResponseBuilder answer =
                notModified != null ? notModified : Response.ok(TEXT).type("text/javascript;charset=utf-8");
        // The address stays when the jar is updated: browsers may keep it, but ask whether it has changed.
        CacheControl ask = new CacheControl();
        ask.setNoCache(true);
        return answer.tag(TAG).cacheControl(ask).build();
    }

    private static byte[] read() {
        try (InputStream file = PageModule.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException("this jar has lost " + FILE);
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(byte[] text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text);
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
