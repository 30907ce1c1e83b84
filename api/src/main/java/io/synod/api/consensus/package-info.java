/** Round-based consensus over the register. */
package io.synod.api.consensus;
