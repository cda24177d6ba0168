/** The samples run. */
package com.jamsocket.sample;
