/** What an application adds for exactly one of several nodes to tell of a backend. */
package com.example.operated.claims;
