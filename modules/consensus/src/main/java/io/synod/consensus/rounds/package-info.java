/**
 * Round-based consensus over the register. The classic kind (figure 6) reads and writes for every
 * round of proposals; the fast kind (figure 20, the stable mode of Fast Paxos in that paper's
 * sense, Multi-Paxos elsewhere) reads once and then only writes.
 *
 * <pre>
 * lead:     read(k) -- learn what is below -- 1c(k) -- ready
 * propose:  fast     write(k, v)
 *           classic  k := next in place; read(k) -- 1c(k) -- write(k, v)
 * </pre>
 */
package io.synod.consensus.rounds;
