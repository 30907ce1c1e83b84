/**
 * Transport over TCP. Each node dials each of its peers and only sends over that connection; what
 * it hears comes over the connections that the peers dialled. Clients use the same port.
 *
 * <pre>
 * dialling side --- Hello ------------------&gt; listening side
 *               &lt;-- Answer: welcome/refused --
 *               --- frames, pings ----------&gt;   a frame is a length of 4 bytes and that many more;
 *               &lt;-- pongs (peer), frames and    one of length 0 is a ping or its pong
 *                   pongs (client) ----------
 * </pre>
 */
package io.synod.transport.netty;
