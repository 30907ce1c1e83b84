/**
 * The Java client: sessions, exactly-once commands and reads through any node.
 *
 * <p>{@code SynodClient} is the door. Everything that a client knows is confined to one thread:
 * callers and the transport only put things into its inbox. What that thread decides is written
 * without threads or time in {@code ClientCore}, so that its tests drive both.
 */
package io.synod.client;
