package io.synod.transport.netty;

import io.netty.buffer.ByteBuf;
import io.synod.api.message.Message;
import io.synod.api.transport.PeerAddress;
import io.synod.codec.KryoCodec;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/** A plain socket that says whatever a test wants to say. */
final class RawPeer implements AutoCloseable {
  private static final int PATIENCE_MILLIS = (int) TimeUnit.SECONDS.toMillis(20);

  private final Socket socket;
  private final DataInputStream in;

  RawPeer(PeerAddress address) throws IOException {
    socket = new Socket(address.host(), address.port());
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(socket.getInputStream());
  }

  static byte[] hello(int min, int max, boolean client, String cluster, String id) {
    return bytes(new Handshake.Hello(min, max, client, 5, cluster, id).frame());
  }

  static byte[] bytes(ByteBuf frame) {
    byte[] bytes = new byte[frame.readableBytes()];
    frame.readBytes(bytes);
    return bytes;
  }

  static byte[] frame(Message message) {
    ByteBuffer encoded = new KryoCodec().encode(message);
    ByteBuffer frame = ByteBuffer.allocate(4 + encoded.remaining());
    frame.putInt(encoded.remaining()).put(encoded);
    return frame.array();
  }

  void say(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /** The answer to a handshake. */
  Handshake.Answer answer() throws IOException {
    byte[] frame = new byte[in.readInt()];
    in.readFully(frame);
    return Handshake.Answer.read(ByteBuffer.wrap(frame));
  }

  /** Reads a number, such as the length of a pong. */
  int readInt() throws IOException {
    return in.readInt();
  }

  /** Waits for the other side to close; fails if it does not. */
  void awaitEnd() throws IOException {
    try {
      byte[] rest = new byte[1024];
      int read = in.read(rest);
      while (read >= 0) {
        read = in.read(rest);
      }
    } catch (SocketException e) {
      // A reset is an end as well.
      socket.close();
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
