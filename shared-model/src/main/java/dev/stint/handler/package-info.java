/** What a user plugs in to run a task. */
@NullMarked
package dev.stint.handler;

import org.jspecify.annotations.NullMarked;
