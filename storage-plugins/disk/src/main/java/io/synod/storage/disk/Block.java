package io.synod.storage.disk;

import java.nio.ByteBuffer;

/**
 * Bytes to be written to the own area.
 *
 * @param generation of the log that takes them, or {@link Blocks#HEADER}
 * @param at where; a log written at 0 is begun anew
 * @param bytes all that remains
 * @param force whether they are durable before anything else is written
 */
record Block(long generation, long at, ByteBuffer bytes, boolean force) {}
