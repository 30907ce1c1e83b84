/** A store in the heap, for nodes that recover from their peers only, and for tests. */
package io.synod.storage.memory;
