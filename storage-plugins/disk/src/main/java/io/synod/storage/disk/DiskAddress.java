package io.synod.storage.disk;

import io.synod.api.transport.PeerAddress;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a disk is.
 *
 * @param server who serves it; empty if it is a directory that this process reaches by itself
 * @param path of the directory, or the disk's name at the server
 */
record DiskAddress(Optional<PeerAddress> server, String path) {
  /** What a disk may be called at a server: one plain file name. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,63}");

  /** What is wrong with it, for people. */
  static Optional<String> flaw(URI address) {
    try {
      of(address);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(e.getMessage());
    }
  }

  /** Reads it; says what is wrong with it. */
  static DiskAddress of(URI address) {
    String path = address.getPath();
    if (address.getRawQuery() != null || address.getRawFragment() != null
        || address.getRawUserInfo() != null) {
      throw new IllegalArgumentException("a disk's address has no '?', '#' or '@'");
    }
    if (path == null || path.length() < 2) {
      throw new IllegalArgumentException("expected disk:///path, a directory that all processes"
          + " reach, or disk://host:port/name, a disk at a disk server");
    }
    return address.getRawAuthority() == null ? new DiskAddress(Optional.empty(), path)
        : served(PeerAddress.parse(address.getRawAuthority()), path.substring(1));
  }

  private static DiskAddress served(PeerAddress server, String name) {
    if (!isName(name)) {
      throw new IllegalArgumentException("a disk at a server is named by letters, digits, '-',"
          + " '_' and '.', but this one '" + name + "'; a directory is disk:///path");
    }
    return new DiskAddress(Optional.of(server), name);
  }

  /** Whether a disk at a server can have that name. */
  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }
}
