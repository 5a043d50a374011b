/**
 * The repositories on Redis: one Lua script a move, pipelined connections of their own. The keys
 * are in {@code docs/redis-keys.md}.
 */
@NullMarked
package dev.stint.redis;

import org.jspecify.annotations.NullMarked;
