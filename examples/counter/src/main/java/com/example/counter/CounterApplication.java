package com.example.counter;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Resources are below {@code api}. */
@ApplicationPath("api")
public class CounterApplication extends Application {}
