/**
 * The authority {@code master}: a separate consensus group keeps which configuration belongs to
 * which era and which era is complete, as in Vertical Paxos (Lamport, Malkhi, Zhou; figure 4).
 *
 * <p>Why a leader that has registered its ballot b reads all that may have been chosen below it:
 * whoever makes an era does so in a ballot that is not below any registered one. So an era that
 * lower ballots vote in was made before b was registered, and b's leader was told of it; what is
 * made later is made in ballots above b, which read b's votes. A leader whose registration shows a
 * higher ballot does not use its own.
 */
package io.synod.reconfig.master;
