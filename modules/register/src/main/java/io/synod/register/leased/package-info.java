/**
 * Lampson's passive memory under a lease (handout 18): an acceptor in storage that compares nothing
 * and forbids nothing. One area holds it for all processes; whoever holds the lease for writing
 * reads the area, applies the acceptor's transition and writes. The lease comes from plain reads
 * and writes of the same storage: timed mutual exclusion (Fischer) whose record expires (Chockler
 * and Malkhi, Light-weight leases for storage-centric coordination).
 *
 * <pre>
 * read the record --- free: released, mine, or unchanged on my clock for the whole term
 *   write my own    (issued within W of asking for that reading; the term begins at the issue)
 *   wait 2 W        (from its return)
 *   read again  --- mine: held until the term is over; renewed by writing it again in time
 *     write the area  (issued only while more than W is left)
 * </pre>
 *
 * <p><b>Why one process writes at a time.</b> Let W bound the time from the issue of any write to
 * its last effect, and every clock run at a rate between 1 - d and 1 + d of true time; a wait of x
 * against what others measure is {@code x (1 + d) / (1 - d)} of the own clock.
 * <ul>
 *   <li>Two that claim a free record: let B's record have its effect at e. C's has its effect no
 *       later than W after its issue, which is no later than W after C asked what the record was.
 *       If C asked before e, its record is there by e + 2 W, and B, who reads it 2 W after its own
 *       write came back, finds C's or a later one. If C asked after e it has seen B's.
 *   <li>A claim while somebody holds: the holder's term runs from the <i>issue</i> of its record;
 *       others count a whole term from when they first <i>saw</i> it, and then look again. Whatever
 *       the holder issued has had its effect by the end of the term, the renewal, too, which the
 *       last look shows.
 *   <li>A write that has not come back within W on its writer's clock: the bound may be broken, so
 *       the writer gives up the lease and takes the outcome as unknown.
 * </ul>
 *
 * <p>An issue is the reading of the clock that allowed it: that a process is stopped between that
 * and the write counts as part of W. Where W does not hold, a late write takes the place of what
 * the next holder wrote there: a promise or vote that was answered is lost.
 *
 * <p>The wish is a hint only: whoever waits writes it, a holder gives way when it changes.
 */
package io.synod.register.leased;
