package com.jamsocket.docs;

// snippet: restart
import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.Jamsocket;
import com.jamsocket.cdi.BackendEnd;
import com.jamsocket.cdi.BackendFollower;
import com.jamsocket.cdi.BackendInfo;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;

@ApplicationScoped
public class RoomRegister {

    @Inject
    Jamsocket jamsocket;

    @Inject
    BackendFollower follower;

    @Inject
    RoomTable table;

    public ConnectResponse enter(String room, String user) {
        ConnectResponse response = jamsocket.connect(ConnectRequest.builder()
                .key(room)
                .user(user)
                .label("room", room)
                .build());
        table.add(response.backendId(), room);
        return response;
    }

    void start(@Observes Startup event) {
        table.open()
                .forEach((id, room) -> follower.follow(
                        BackendInfo.builder(id).key(room).label("room", room).build()));
    }

    void end(@Observes BackendEnd end) {
        if (end.isGone()) {
            table.remove(end.backendId());
        }
    }
}
// end
