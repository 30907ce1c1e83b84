/**
 * What happened in a run, event by event with virtual time: recorded for people and for tools,
 * written and read back as JSON lines.
 */
package io.synod.testkit.trace;
