package com.jamsocket.docs;

// snippet: lists
import com.jamsocket.json.JamsocketJsonb;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.ws.rs.ext.ContextResolver;
import jakarta.ws.rs.ext.Provider;

@Provider
public class VocabularyJsonb implements ContextResolver<Jsonb> {

    private final Jsonb jsonb = JsonbBuilder.create(JamsocketJsonb.config());

    @Override
    public Jsonb getContext(Class<?> type) {
        return jsonb;
    }
}
// end
