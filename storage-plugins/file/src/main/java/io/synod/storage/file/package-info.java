/**
 * A store in a directory: {@code identity} (whose it is), {@code lock}, {@code durable-end} (what
 * was forced last), {@code journal-<first position>.seg} and {@code snapshot-<last>.snap}.
 *
 * <p>How a torn tail is told from damage. Three facts bound what was ever reported durable:
 * <ol>
 *   <li>{@code durable-end} is rewritten after each force and before any listener hears of it.
 *       It is not forced itself, so it is exact after the process dies and may be behind after a
 *       loss of power, never ahead.
 *   <li>Marks between the records say up to which position all was durable when they were
 *       written. A mark is written with every group of records that follows a force.
 *   <li>A segment is forced before the next one is created, and the creation of a segment is
 *       recorded in {@code durable-end} and forced. So only the last segment can be torn.
 * </ol>
 * The first bad record is refused as damage when any of these says that it had been durable, and
 * cut otherwise. What stays undetected needs two faults: a loss of power while
 * {@code durable-end} is not yet written back, and damage in the last forced groups.
 */
package io.synod.storage.file;
