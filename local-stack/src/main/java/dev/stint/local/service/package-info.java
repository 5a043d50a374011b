/** The producer and the workers as child processes. */
@NullMarked
package dev.stint.local.service;

import org.jspecify.annotations.NullMarked;
