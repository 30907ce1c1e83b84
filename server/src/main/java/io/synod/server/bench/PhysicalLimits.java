package io.synod.server.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * What the machine takes for the two things no durable replication can do without: forcing one
 * record to the disk and asking another process over TCP. Medians, in microseconds, over all times
 * that they were measured: a disk's mood changes within a run.
 */
public final class PhysicalLimits {
  private static final int FORCES = 400;
  private static final int ROUND_TRIPS = 5_000;
  private static final int WARM_UP = 10;
  private static final int BLOCK = 1 << 20;
  private static final int BLOCKS = 8;
  private static final int RECORD = 256;
  private static final double NANOS_PER_MICRO = 1_000;

  private final List<Long> forces = new ArrayList<>();
  private final List<Long> roundTrips = new ArrayList<>();

  /** Measures both once more, with a file in that directory; blocks. */
  public void measure(Path directory, int payload) throws IOException, InterruptedException {
    measureForces(directory);
    measureRoundTrips(payload);
  }

  /** One force of one record. */
  public double forceMicros() {
    return median(forces);
  }

  /** One question of so many bytes, and its answer. */
  public double roundTripMicros() {
    return median(roundTrips);
  }

  double sum() {
    return forceMicros() + roundTripMicros();
  }

  /** Forces one small record after the other into a file whose blocks are already there. */
  private void measureForces(Path directory) throws IOException {
    Path file = directory.resolve("force.probe");
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW,
        StandardOpenOption.WRITE)) {
      for (int i = 0; i < BLOCKS; i++) {
        channel.write(ByteBuffer.allocate(BLOCK), (long) i * BLOCK);
      }
      channel.force(true);
      for (int i = 0; i < FORCES; i++) {
        long from = System.nanoTime();
        channel.write(ByteBuffer.allocate(RECORD), (long) i * RECORD);
        channel.force(false);
        note(forces, i, System.nanoTime() - from);
      }
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private void measureRoundTrips(int payload) throws IOException, InterruptedException {
    try (ServerSocketChannel server = ServerSocketChannel.open()) {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      Thread echo = new Thread(() -> echo(server, payload), "bench-echo");
      echo.setDaemon(true);
      echo.start();
      try (SocketChannel client = SocketChannel.open(server.getLocalAddress())) {
        client.setOption(StandardSocketOptions.TCP_NODELAY, true);
        ByteBuffer buffer = ByteBuffer.allocateDirect(payload);
        for (int i = 0; i < ROUND_TRIPS; i++) {
          long from = System.nanoTime();
          send(client, buffer);
          receive(client, buffer);
          note(roundTrips, i, System.nanoTime() - from);
        }
      } finally {
        echo.join();
      }
    }
  }

  private static void echo(ServerSocketChannel server, int payload) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(payload);
    try (SocketChannel peer = server.accept()) {
      peer.setOption(StandardSocketOptions.TCP_NODELAY, true);
      while (receive(peer, buffer)) {
        send(peer, buffer);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the echo of the round trip probe failed", e);
    }
  }

  private static void send(SocketChannel channel, ByteBuffer buffer) throws IOException {
    buffer.clear();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  private static boolean receive(SocketChannel channel, ByteBuffer buffer) throws IOException {
    buffer.clear();
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        return false;
      }
    }
    return true;
  }

  private static void note(List<Long> samples, int number, long nanos) {
    if (number >= WARM_UP) {
      samples.add(nanos);
    }
  }

  private static double median(List<Long> nanos) {
    List<Long> sorted = nanos.stream().sorted().toList();
    return BenchResult.tenths(sorted.get(sorted.size() / 2) / NANOS_PER_MICRO);
  }
}
