package io.synod.replication;

/**
 * The store is empty, but this node was a member with another one: to vote with it would be to
 * break the old one's promises. The message names the node, the peer that knows, and what to do.
 */
public final class AdmissionRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AdmissionRefused(String message) {
    super(message);
  }
}
