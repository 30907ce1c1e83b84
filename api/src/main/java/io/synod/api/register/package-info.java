/** The round-based register and the acceptors beneath it. */
package io.synod.api.register;
