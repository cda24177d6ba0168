/** An application that is told of the ends of very many backends, and counts. */
package com.example.ends;
