/**
 * The RESP port: Redis clients on one side, a {@link io.synod.api.node.Node} on the other.
 *
 * <pre>
 * bytes --&gt; RespParser --&gt; RespSession --&gt; Node.submit / Node.read
 *                              |                    |
 *                         queue of Slots &lt;-- reply -+   --&gt; bytes in order
 * </pre>
 *
 * <p>Order on one connection: writes go to the log in the order in which they came. A read that
 * follows an unanswered write goes through the log behind it; otherwise it is read without a log
 * entry. A write that follows an unanswered read waits for it. So a connection always sees its own
 * requests take effect one after the other, however deep the pipeline.
 */
package io.synod.server.resp;
