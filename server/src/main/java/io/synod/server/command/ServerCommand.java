package io.synod.server.command;

import io.synod.api.storage.StorageException;
import io.synod.api.transport.TransportException;
import io.synod.runtime.config.BadConfiguration;
import io.synod.runtime.config.NodeConfig;
import io.synod.server.cli.CommandFailed;
import io.synod.server.cli.ExitCodes;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code synod server}: one node until SIGTERM, or until it fails. */
@Command(name = "server", sortOptions = false, mixinStandardHelpOptions = true,
    description = {"Runs one node: replication, the key-value service over RESP, the admin port.",
      "Prints one line beginning with 'ready' once all ports listen. SIGTERM stops it cleanly."},
    footer = {"", "Example: synod server --config examples/cluster/n1.properties"
      + " -D synod.resp.listen=127.0.0.1:6379"})
public final class ServerCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(ServerCommand.class);

  @Spec
  private CommandSpec spec;

  @Option(names = "--config", required = true, paramLabel = "FILE",
      description = "the node's configuration (.properties, .yaml, .yml or .json)")
  private Path config;

  @Option(names = "-D", paramLabel = "key=value",
      description = "overrides a key of the file; may be repeated")
  private Map<String, String> overrides = new LinkedHashMap<>();

  @Override
  public Integer call() throws InterruptedException {
    NodeConfig resolved = Configurations.required(config, overrides);
    resolved.warnings().forEach(LOG::warn);
    AtomicBoolean signalled = new AtomicBoolean();
    try (RunningServer server = start(resolved)) {
      Thread hook = new Thread(() -> {
        signalled.set(true);
        server.close();
        Runtime.getRuntime().halt(ExitCodes.DONE); // else the signal decides on the exit code
      }, "synod-stop");
      Runtime.getRuntime().addShutdownHook(hook);
      spec.commandLine().getOut().println(server.readyLine());
      spec.commandLine().getOut().flush();
      int code = waitFor(server);
      if (signalled.get()) {
        hook.join();
      }
      Runtime.getRuntime().removeShutdownHook(hook);
      return code;
    }
  }

  private static RunningServer start(NodeConfig config) {
    try {
      return RunningServer.start(config);
    } catch (BadConfiguration | TransportException e) {
      throw CommandFailed.usage(e.getMessage(), e);
    } catch (StorageException e) {
      throw CommandFailed.failed(e.getMessage(), e);
    }
  }

  private int waitFor(RunningServer server) throws InterruptedException {
    try {
      server.stopped().get();
      return ExitCodes.DONE;
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      LOG.error("the node failed", cause);
      spec.commandLine().getErr().println("synod: the node stopped: " + cause.getMessage());
      return ExitCodes.FAILED;
    }
  }
}
