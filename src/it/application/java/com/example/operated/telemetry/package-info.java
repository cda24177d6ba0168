/** What an application adds for MicroProfile Telemetry, and so OpenTelemetry. */
package com.example.operated.telemetry;
