package io.synod.server.command;

import io.synod.api.node.Node;
import io.synod.api.plugin.Setting;
import io.synod.api.storage.StorageException;
import io.synod.api.transport.PeerAddress;
import io.synod.api.transport.TransportException;
import io.synod.runtime.Synod;
import io.synod.runtime.config.BadConfiguration;
import io.synod.runtime.config.NodeConfig;
import io.synod.server.ServerSettings;
import io.synod.server.admin.AdminServer;
import io.synod.server.admin.DiskUse;
import io.synod.server.cli.CommandFailed;
import io.synod.server.kv.KeyValueMachine;
import io.synod.server.resp.RespServer;
import java.io.IOException;
import java.util.concurrent.Future;

/** A node with its ports: all of them, or none. {@link #close} blocks and may be called twice. */
final class RunningServer implements AutoCloseable {
  private interface Port {
    int start(PeerAddress address) throws IOException;
  }

  private final NodeConfig config;
  private final Node node;
  private final RespServer resp;
  private final AdminServer admin;
  private final StringBuilder ready = new StringBuilder("ready");

  private RunningServer(NodeConfig config, Node node) {
    this.config = config;
    this.node = node;
    this.resp = new RespServer(node, config.settings());
    this.admin = new AdminServer(node, new DiskUse(config.data()), config.settings());
    ready.append(" node=").append(config.node()).append(" replication=").append(config.listen());
  }

  static RunningServer start(NodeConfig config)
      throws BadConfiguration, StorageException, TransportException {
    Node node = Synod.node().configuration(config).stateMachine(new KeyValueMachine()).start();
    RunningServer server = new RunningServer(config, node);
    try {
      server.listen(ServerSettings.RESP_LISTEN, "resp", server.resp::start);
      server.listen(ServerSettings.ADMIN_LISTEN, "admin", server.admin::start);
      return server;
    } catch (CommandFailed e) {
      server.close();
      throw e;
    }
  }

  private void listen(Setting<String> setting, String name, Port port) {
    String text = config.get(setting);
    if (text.isEmpty()) {
      return;
    }
    try {
      PeerAddress address = PeerAddress.parse(text);
      int bound = port.start(address);
      ready.append(' ').append(name).append('=').append(address.host()).append(':').append(bound);
    } catch (IllegalArgumentException e) {
      throw CommandFailed.usage(setting.key() + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw CommandFailed.usage("cannot listen on " + setting.key() + " = " + text + ": "
          + e.getMessage() + "; choose another port, or stop whoever uses it", e);
    }
  }

  /** {@code ready node=n1 replication=host:port resp=host:port admin=host:port}. */
  String readyLine() {
    return ready.toString();
  }

  /** Done when the node has stopped; fails if it failed. */
  Future<Void> stopped() {
    return node.stopped().toCompletableFuture();
  }

  @Override
  public void close() {
    resp.close();
    admin.close();
    node.close();
  }
}
