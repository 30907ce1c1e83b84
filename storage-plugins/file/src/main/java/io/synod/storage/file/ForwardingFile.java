package io.synod.storage.file;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Passes everything on to another file; whoever extends it overrides what it changes. */
public class ForwardingFile implements DiskFile {
  private final DiskFile file;

  /** Of that file. */
  protected ForwardingFile(DiskFile file) {
    this.file = file;
  }

  @Override
  public void write(ByteBuffer from, long at) throws IOException {
    file.write(from, at);
  }

  @Override
  public void read(ByteBuffer into, long at) throws IOException {
    file.read(into, at);
  }

  @Override
  public long size() throws IOException {
    return file.size();
  }

  @Override
  public void truncate(long length) throws IOException {
    file.truncate(length);
  }

  @Override
  public void force(boolean metadata) throws IOException {
    file.force(metadata);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
