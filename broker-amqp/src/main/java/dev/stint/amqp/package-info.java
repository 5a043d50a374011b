/**
 * Stint's connector for AMQP 1.0: demand is credit on the way in, and a send has succeeded when the
 * broker says so. {@link dev.stint.amqp.AmqpConnection} is the whole of it as plain Java; {@link
 * dev.stint.amqp.StintAmqpConnector} offers the same to SmallRye Reactive Messaging.
 */
@NullMarked
package dev.stint.amqp;

import org.jspecify.annotations.NullMarked;
