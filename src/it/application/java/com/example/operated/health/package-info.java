/** What an application adds for MicroProfile Health. */
package com.example.operated.health;
