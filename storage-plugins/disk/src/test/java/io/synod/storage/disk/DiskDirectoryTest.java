package io.synod.storage.disk;

import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Settings;
import io.synod.testkit.contract.PassiveStoreContract;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class DiskDirectoryTest extends PassiveStoreContract {
  @TempDir
  Path directory;

  @Override
  protected Plugins.Passive plugin() {
    return new DiskPlugin();
  }

  @Override
  protected Settings settings() {
    return Patient.SETTINGS;
  }

  @Override
  protected URI address() {
    return URI.create("disk://" + directory);
  }
}
