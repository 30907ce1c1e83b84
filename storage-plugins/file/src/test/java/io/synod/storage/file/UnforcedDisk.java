package io.synod.storage.file;

import java.nio.file.Path;

/** Files that lose nothing when only the process dies, and quickly so. */
final class UnforcedDisk extends ForwardingDisk {
  UnforcedDisk() {
    super(new RealDisk());
  }

  @Override
  protected DiskFile wrap(Path path, DiskFile file) {
    return new ForwardingFile(file) {
      @Override
      public void force(boolean metadata) {}
    };
  }

  @Override
  public void forceDirectory(Path directory) {}
}
