/** A backend as a user writes it for a server: with servlets, resources and WebSockets, guarded. */
package com.example.visits;
