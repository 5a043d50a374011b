/** Jobs for a folder of files, each result checked. */
@NullMarked
package dev.stint.local.demo;

import org.jspecify.annotations.NullMarked;
