package com.jamsocket.docs;

import com.jamsocket.json.JamsocketJsonb;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.ws.rs.ext.ContextResolver;
import jakarta.ws.rs.ext.Provider;

// snippet: lists
@Provider
public class VocabularyJsonb implements ContextResolver<Jsonb> {

    private final Jsonb jsonb = JsonbBuilder.create(JamsocketJsonb.config());

    @Override
    public Jsonb getContext(Class<?> type) {
        return jsonb;
    }
}
// end
