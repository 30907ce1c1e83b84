/**
 * A running node: its one loop, the one class that orders disk and network, its snapshots, its
 * clients, its start and its end.
 *
 * <pre>
 * transports, journal, snapshots, callers --- tasks ---&gt; queue ---&gt; loop ---&gt; core
 * core --- persist, send, sendNow ---&gt; DurableEffects --- append, sync ---&gt; journal
 *                                                     --- send, flush ---&gt; transport
 * journal --- durable ---&gt; queue ---&gt; loop --- what waited ---&gt; transport
 * </pre>
 */
package io.synod.runtime.node;
