/**
 * The key-value state machine behind the RESP port: commands as bytes ({@link
 * io.synod.server.kv.KvCodec}), results as RESP replies, state in copy-on-write shards so that a
 * snapshot never stalls the loop. Nothing here reads a clock: keys expire by the log's time.
 */
package io.synod.server.kv;
