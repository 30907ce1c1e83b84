/**
 * Transport over TCP. Each node dials each of its peers and only sends over that connection; what
 * it hears comes over the connections that the peers dialled. Clients use the same port.
 *
 * <pre>
 * dialling side --- Hello ----------------&gt; listening side
 *               &lt;-- Answer: welcome, or why not --
 *               --- frames and pings -----&gt;
 *               &lt;-- pings; to a client also frames --
 * </pre>
 *
 * <p>A frame is a length of four bytes and that many more; one of length 0 is a ping, sent
 * now and then by each side, so that both notice when the other is gone.
 */
package io.synod.transport.netty;
