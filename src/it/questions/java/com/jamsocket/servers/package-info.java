/** The same questions to one application on every server. */
package com.jamsocket.servers;
