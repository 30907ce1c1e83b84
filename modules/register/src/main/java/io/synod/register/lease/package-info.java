/**
 * Read leases (Lampson, handout 18): while one holds, nobody but its holder can become leader, so
 * that the leader answers linearizable reads from its own state without asking anybody.
 *
 * <pre>
 * leader --- Lease -----&gt;  acceptor: for this long, on my clock, no other proposer's 1a or 1c
 * leader &lt;-- Leased -----  acceptor
 * </pre>
 *
 * <p><b>Why it is safe.</b> Let D be the duration asked for, and let every clock run at a rate
 * between 1 - d and 1 + d of true time. The leader reads its clock when it <i>sends</i> the
 * request. An acceptor gets it no earlier, and keeps others out for D of its own clock, which is
 * at least D / (1 + d) of true time. The leader relies on the grant for U of its own clock from
 * the sending, which is at most U / (1 - d) of true time. So the leader stops first when
 * {@code U / (1 - d) <= D / (1 + d)}, that is, when {@code U = D * (1 - d) / (1 + d)}. A plain
 * {@code D * (1 - d)} would not do: one clock may be slow while the other is fast.
 *
 * <p>The lease holds while the grants of a <i>write quorum</i> last. Every read quorum meets it,
 * so no other proposer completes phase 1 meanwhile; and nobody had before, or the acceptor where
 * the quorums meet would have refused: it grants only in the ballot that it has promised. What
 * was chosen in lower ballots is known to the leader once its ballot is settled.
 *
 * <p>The promise is to the <i>proposer</i>, not to one ballot: its ballots in place go on, and a
 * restarted leader need not wait for itself. It ended its own lease before it began another ballot.
 */
package io.synod.register.lease;
