/** What an application adds for MicroProfile Fault Tolerance. */
package com.example.operated.tolerance;
