package com.example.visits;

import com.jamsocket.backend.VerifiedRequest;
import com.jamsocket.backend.servlet.VerifiedRequestFilter;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Serves all, and tells each who it is. */
@WebServlet("/who")
public class WhoServlet extends HttpServlet {

    @Inject
    transient VerifiedRequest injected;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter()
                .print(Guests.describe(VerifiedRequestFilter.of(request)) + "|" + Guests.describe(injected));
    }
}
