package com.example.ends;

import java.util.List;
import java.util.Map;

/** What a node was told in the end. */
public class Report {

    public Map<String, List<String>> ends;
    public int statesAfterAnEnd;
    public int followed;
    public String diagnostics;
}
