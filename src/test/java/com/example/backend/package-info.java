/** The backends that docs/backend.md shows. */
package com.example.backend;
