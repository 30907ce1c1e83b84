package io.synod.api.message;

import io.synod.api.model.Incarnation;

/**
 * How a fresh store finds out whether its node was a member before. Peers record durably which
 * incarnation they met first under an id and refuse another one.
 */
public sealed interface AdmissionMessage extends Message {
  /** "This is my store; do you know another one under my id?" */
  record Introduce(Incarnation incarnation) implements AdmissionMessage {}

  /**
   * RECOVERED (Deconstructing Paxos, figure 15): the sender's store {@code lost}, as configurations
   * name it, has lost its memory and answers no more.
   */
  record StoreLost(Incarnation lost) implements AdmissionMessage {}

  /** The incarnation on record for the asker, on disk before this is sent. */
  record Acknowledge(Incarnation asked, Incarnation known) implements AdmissionMessage {}
}
