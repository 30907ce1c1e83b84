package io.synod.client;

/** Something for the client's thread to look at; also the link of the {@link Inbox}. */
abstract class Input {
  private Input next;

  /** Called on the client's thread, once. */
  abstract void deliver(ClientCore core, long now);

  final Input next() {
    return next;
  }

  final void next(Input input) {
    next = input;
  }
}
