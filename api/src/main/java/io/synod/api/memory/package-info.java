/** Atomic registers without consensus: what their users see, and the tags of their values. */
package io.synod.api.memory;
