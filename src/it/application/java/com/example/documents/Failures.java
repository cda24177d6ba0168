package com.example.documents;

import com.jamsocket.rest.JamsocketExceptionMapper;
import jakarta.ws.rs.ext.Provider;

@Provider
public class Failures extends JamsocketExceptionMapper {}
