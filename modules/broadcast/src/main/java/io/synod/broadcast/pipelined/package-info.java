/**
 * Total order broadcast (Deconstructing Paxos, figure 9): batches, several instances on their
 * way, delivery in order without gaps, catch-up from any peer by decisions or by snapshot.
 *
 * <pre>
 * broadcast(m) -- queue -- batch -- propose -- decided -- deliver
 *                                   leader --- Decided / next 2a ---&gt; others: deliver
 *                                   behind --- CatchUp ---&gt; any peer
 * </pre>
 */
package io.synod.broadcast.pipelined;
