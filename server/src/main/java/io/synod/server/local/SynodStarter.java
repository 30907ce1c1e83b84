package io.synod.server.local;

import io.synod.api.node.Node;
import io.synod.api.replication.StateMachine;
import io.synod.api.storage.StorageException;
import io.synod.api.transport.TransportException;
import io.synod.runtime.NodeBuilder;
import io.synod.runtime.Synod;
import io.synod.runtime.config.BadConfiguration;
import io.synod.server.cli.CommandFailed;
import java.util.Map;

/** Starts real nodes. */
public final class SynodStarter implements NodeStarter {
  @Override
  public Node start(Map<String, String> keys, StateMachine machine) {
    NodeBuilder builder = Synod.node().stateMachine(machine);
    keys.forEach(builder::set);
    try {
      return builder.start();
    } catch (BadConfiguration e) {
      throw CommandFailed.usage(e.getMessage(), e);
    } catch (StorageException | TransportException e) {
      throw CommandFailed.failed(e.getMessage(), e);
    }
  }
}
