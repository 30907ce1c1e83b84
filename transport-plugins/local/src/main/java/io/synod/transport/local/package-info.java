/**
 * Transport between nodes and clients of one process: messages are handed over as objects, which
 * is safe because they are immutable. For embedding tests, the demo and quick trials.
 */
package io.synod.transport.local;
