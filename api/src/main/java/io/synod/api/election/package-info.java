/** Weak leader election, Ω and its kin. */
package io.synod.api.election;
