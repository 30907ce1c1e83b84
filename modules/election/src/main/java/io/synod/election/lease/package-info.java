/**
 * Leadership that is leased (Lampson, handout 18): whoever leads holds a lease that a majority of
 * the voters has granted, for a time, to it alone. The group that grants it needs no stable
 * storage: a member that starts grants nothing for the longest lease there is, so that whatever it
 * granted in a former life is over.
 *
 * <pre>
 * candidate --- LeaseAsked -----&gt;  voters: for so long, on your clock, nobody else
 * candidate &lt;-- LeaseGranted ---  voter
 * holder ------ LeaseAsked -----&gt;  members: the same, and the word that it holds the lease
 * holder ------ LeaseReleased --&gt;  members: it is over before its time
 * </pre>
 *
 * <p><b>At most one holder at a time</b>, under one configuration. Two majorities share a voter; it
 * grants to one at a time, for D of its own clock, which is at least D / (1 + d) of true time while
 * no clock is wrong by more than d. The holder counts from the sending of its request and relies on
 * a grant for U of its own clock, at most U / (1 - d) of true time; U is {@link
 * io.synod.link.Drift#usable}, so that it stops first. A voter of a new configuration waits as one
 * that starts does. Across a change of members, and beyond the bound of clocks, there may be two
 * for a while; then ballots decide, as with any other election: the log never depends on a lease.
 *
 * <p>Who asks for the lease is said by Ω, confirmed by a majority, so that one that comes back does
 * not take itself for a candidate while another holds it.
 */
package io.synod.election.lease;
