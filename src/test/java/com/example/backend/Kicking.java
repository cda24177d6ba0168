package com.example.backend;

// snippet: kicking
import com.jamsocket.ConnectResponse;
import com.jamsocket.backend.KickSigner;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** In the application. */
public final class Kicking {

    // The proxy takes an offer of HTTP/2 for a WebSocket.
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final KickSigner signer;

    public Kicking(byte[] key) {
        this.signer = new KickSigner(key);
    }

    /** Kicks a user out, by a connection of the application's own. */
    public void kick(ConnectResponse connection, String user) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(connection.resolve("kick"))
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString(signer.kick(connection.backendId(), user)))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 204) {
            throw new IOException("not kicked: " + answer.statusCode() + " " + answer.body());
        }
    }
}
// end
