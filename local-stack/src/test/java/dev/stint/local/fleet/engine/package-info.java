/** The engines of a fleet: its own, started for it, or ones that are given. */
package dev.stint.local.fleet.engine;
