/**
 * An application as a user writes it, which is deployed on every server: REST resources in front of the injected
 * clients, and a bean that observes their backends.
 */
package com.example.documents;
