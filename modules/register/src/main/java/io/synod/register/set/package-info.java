/**
 * The round-based register over a set of acceptors and a quorum system: read for all instances at
 * once, cumulative writes, resending until answered (Deconstructing Paxos, figures 5 and 11).
 */
package io.synod.register.set;
