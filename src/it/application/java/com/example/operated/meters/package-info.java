/** What an application adds for Micrometer. */
package com.example.operated.meters;
