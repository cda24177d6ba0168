package com.example.documents;

import com.jamsocket.rest.EventStreamFilter;
import jakarta.ws.rs.ext.Provider;

@Provider
public class EventStreams extends EventStreamFilter {}
