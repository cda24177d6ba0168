/** What an application adds that makes its client itself. */
package com.example.own;
