package com.jamsocket.internal.http;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;

/**
 * Takes the length out of the headers when it has served its purpose. Jersey reads from there the length that it fixes,
 * and later warns in the log that HttpURLConnection, which sends that length by itself, may not send this header.
 */
final class LengthToFix implements WriterInterceptor {

    @Override
    public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
        context.getHeaders().remove(HttpHeaders.CONTENT_LENGTH);
        context.proceed();
    }
}
