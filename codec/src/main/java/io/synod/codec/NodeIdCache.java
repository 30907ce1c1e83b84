package io.synod.codec;

import io.synod.api.model.NodeId;
import java.nio.charset.StandardCharsets;

/**
 * The node ids read lately, so that the few names of a cluster are not built anew with every
 * message. Of fixed size; a newer name with the same place displaces the older one.
 */
final class NodeIdCache {
  private static final int PLACES = 64;

  private final NodeId[] places = new NodeId[PLACES];

  /** The id whose name is these bytes; refuses what {@link NodeId} refuses. */
  NodeId get(byte[] bytes, int offset, int length) {
    int hash = length;
    for (int i = 0; i < length; i++) {
      hash = 31 * hash + bytes[offset + i];
    }
    int place = (hash ^ hash >>> 16) & (PLACES - 1);
    NodeId found = places[place];
    if (found == null || !named(found.name(), bytes, offset, length)) {
      found = NodeId.of(new String(bytes, offset, length, StandardCharsets.ISO_8859_1));
      places[place] = found;
    }
    return found;
  }

  private static boolean named(String name, byte[] bytes, int offset, int length) {
    if (name.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (name.charAt(i) != bytes[offset + i]) {
        return false;
      }
    }
    return true;
  }
}
