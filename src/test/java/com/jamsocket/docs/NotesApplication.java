package com.jamsocket.docs;

// snippet: application
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

@ApplicationPath("api")
public class NotesApplication extends Application {}
// end
