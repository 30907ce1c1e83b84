package io.synod.client;

import io.synod.api.plugin.Settings;
import io.synod.api.transport.ClientTransport;
import io.synod.api.transport.PeerAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.random.RandomGenerator;

/** Collects what a {@link SynodClient} needs. Not for several threads. */
public final class SynodClientBuilder {
  private final String cluster;
  private final List<PeerAddress> nodes = new ArrayList<>();
  private Settings settings = Settings.DEFAULTS;
  private String transportName = "netty";
  private ClientTransport transport;
  private Executor executor = ForkJoinPool.commonPool();
  // Nonces of all clients of a cluster have to differ, whenever and wherever they are started.
  private RandomGenerator random = new SecureRandom();

  SynodClientBuilder(String cluster) {
    this.cluster = cluster;
  }

  /** Adds a node, as {@code host:port}; the client connects to one of them at a time. */
  public SynodClientBuilder node(String hostPort) {
    nodes.add(PeerAddress.parse(hostPort));
    return this;
  }

  /** Adds nodes. */
  public SynodClientBuilder nodes(List<PeerAddress> more) {
    nodes.addAll(more);
    return this;
  }

  /** Values of {@link ClientSettings} and of the transport's settings. */
  public SynodClientBuilder settings(Settings settings) {
    this.settings = settings;
    return this;
  }

  /** Chooses a transport plugin by name; {@code netty} unless told otherwise. */
  public SynodClientBuilder transport(String name) {
    this.transportName = name;
    return this;
  }

  /** Uses this transport, which stays the caller's to close. */
  public SynodClientBuilder transport(ClientTransport transport) {
    this.transport = transport;
    return this;
  }

  /** Where stages complete; {@link ForkJoinPool#commonPool()} unless told otherwise. */
  public SynodClientBuilder executor(Executor executor) {
    this.executor = executor;
    return this;
  }

  SynodClientBuilder random(RandomGenerator random) {
    this.random = random;
    return this;
  }

  /** Starts the client. Does not wait for a connection: what is submitted meanwhile waits. */
  public SynodClient build() {
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException(
          "a client of cluster '" + cluster + "' needs the address of at least one node");
    }
    if (transport != null) {
      return SynodClient.start(this, transport, false);
    }
    return SynodClient.start(this, ClientTransports.open(transportName, cluster, settings), true);
  }

  String cluster() {
    return cluster;
  }

  List<PeerAddress> nodes() {
    return nodes;
  }

  Settings settings() {
    return settings;
  }

  Executor executor() {
    return executor;
  }

  RandomGenerator random() {
    return random;
  }
}
