package com.jamsocket.demo.whiteboard;

import com.jamsocket.rest.EventStreamFilter;
import com.jamsocket.rest.JamsocketExceptionMapper;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** The application: at its root, page and all. */
@ApplicationPath("/")
public class WhiteboardApplication extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(
                Pages.class,
                Boards.class,
                Chronicle.class,
                Drawings.class,
                Statuses.class,
                JamsocketExceptionMapper.class,
                EventStreamFilter.class);
    }
}
