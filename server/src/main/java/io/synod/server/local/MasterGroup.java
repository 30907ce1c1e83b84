package io.synod.server.local;

import io.synod.api.plugin.Settings;
import io.synod.api.transport.PeerAddress;
import io.synod.server.cli.CommandFailed;
import io.synod.server.kv.KeyValueMachine;
import io.synod.server.resp.RespServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A key-value cluster in this process that keeps the configurations of another cluster
 * ({@code synod.reconfig = master}). One thread at a time.
 */
public final class MasterGroup implements AutoCloseable {
  private static final int SIZE = 3;

  private final LocalCluster cluster;
  private final List<RespServer> doors = new ArrayList<>();
  private final List<PeerAddress> addresses;

  private MasterGroup(Path directory, NodeStarter starter) {
    this.cluster = new LocalCluster(
        "masters", SIZE, 0, directory, Map.of(), KeyValueMachine::new, starter);
    this.addresses = FreePorts.find(SIZE).stream()
        .map(port -> new PeerAddress("127.0.0.1", port)).toList();
  }

  /** Starts it; blocks until it takes commands. */
  public static MasterGroup start(Path directory, NodeStarter starter)
      throws InterruptedException {
    MasterGroup group = new MasterGroup(directory, starter);
    try {
      group.open();
      return group;
    } catch (InterruptedException | RuntimeException e) {
      group.close();
      throw e;
    }
  }

  private void open() throws InterruptedException {
    cluster.start();
    for (int i = 0; i < SIZE; i++) {
      RespServer door = new RespServer(cluster.node(i), Settings.DEFAULTS);
      doors.add(door);
      try {
        door.start(addresses.get(i));
      } catch (IOException e) {
        throw CommandFailed.failed("the master cannot listen on " + addresses.get(i), e);
      }
    }
    cluster.awaitLeader();
  }

  /** What {@code synod.master.servers} is set to. */
  public String servers() {
    return addresses.stream().map(PeerAddress::toString).collect(Collectors.joining(","));
  }

  @Override
  public void close() {
    doors.forEach(RespServer::close);
    cluster.close();
  }
}
