/** The embedded broker: ActiveMQ Artemis in a process of its own. */
@NullMarked
package dev.stint.local.broker;

import org.jspecify.annotations.NullMarked;
