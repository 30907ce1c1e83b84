package io.synod.server.disk;

import io.synod.api.transport.PeerAddress;
import io.synod.server.cli.CommandFailed;
import io.synod.server.cli.ExitCodes;
import io.synod.storage.disk.DiskServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code synod disk-server}: serves disks until SIGTERM. */
@Command(name = "disk-server", sortOptions = false, mixinStandardHelpOptions = true,
    description = {"Serves passive acceptors, which are directories, to processes that share no"
      + " file system. A member of that kind has the address disk://host:port/name.",
      "Prints one line beginning with 'ready' once it listens. SIGTERM stops it cleanly."},
    footer = {"", "Example: synod disk-server --listen 0.0.0.0:7401 --data /mnt/disk1"})
public final class DiskServerCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  @Option(names = "--listen", required = true, paramLabel = "HOST:PORT",
      description = "where processes connect; port 0 takes a free one")
  private String listen;

  @Option(names = "--data", required = true, paramLabel = "DIR",
      description = "an existing directory, in which each disk has one of its name")
  private Path data;

  @Override
  public Integer call() throws InterruptedException {
    try (DiskServer server = start()) {
      CountDownLatch stopped = new CountDownLatch(1);
      Thread hook = new Thread(() -> {
        server.close();
        stopped.countDown();
        Runtime.getRuntime().halt(ExitCodes.DONE); // else the signal decides on the exit code
      }, "synod-stop");
      Runtime.getRuntime().addShutdownHook(hook);
      String host = PeerAddress.parse(listen).host();
      spec.commandLine().getOut().println("ready: disks of " + data + " at disk://"
          + new PeerAddress(host, server.port()) + "/NAME");
      spec.commandLine().getOut().flush();
      stopped.await();
      return ExitCodes.DONE;
    }
  }

  private DiskServer start() {
    try {
      return DiskServer.start(data, PeerAddress.parse(listen));
    } catch (IllegalArgumentException e) {
      throw CommandFailed.usage("--listen: " + e.getMessage(), e);
    } catch (IOException e) {
      throw CommandFailed.failed(e.getMessage(), e);
    }
  }
}
