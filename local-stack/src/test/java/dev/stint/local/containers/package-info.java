/** The whole system, each part a process of its own. */
package dev.stint.local.containers;
