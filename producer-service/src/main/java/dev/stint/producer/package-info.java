/** The process: settings, wiring, start and stop, health, metrics. */
@NullMarked
package dev.stint.producer;

import org.jspecify.annotations.NullMarked;
