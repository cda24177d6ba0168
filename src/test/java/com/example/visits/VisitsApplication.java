package com.example.visits;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Its resources are found by the server. */
@ApplicationPath("rest")
public class VisitsApplication extends Application {}
