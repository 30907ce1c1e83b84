package io.synod.transport.shm;

import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Settings;
import io.synod.testkit.contract.ClientTransportContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class ShmClientTransportTest extends ClientTransportContract {
  @TempDir
  Path directory;

  @Override
  protected Plugins.TransportPlugin plugin() {
    return new ShmTransportPlugin();
  }

  @Override
  protected Settings settings() {
    return Settings.DEFAULTS.with(ShmTransportPlugin.DIRECTORY, directory.toString());
  }
}
