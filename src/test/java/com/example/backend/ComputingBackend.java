package com.example.backend;

/** The backend of the guide that ends itself, as a program. */
public final class ComputingBackend {

    private ComputingBackend() {}

    /** Computes once. */
    public static void main(String... args) {
        new Computer().compute(() -> System.out.println("computed"));
    }
}
