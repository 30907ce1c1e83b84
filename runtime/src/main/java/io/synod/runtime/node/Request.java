package io.synod.runtime.node;

/**
 * A caller's request between the loop's taking it and its answer. Linked into the list of those
 * that wait, so that the end of the node answers them too. Loop thread only.
 */
abstract class Request implements LoopTask {
  private Request before;
  private Request after;

  /** The node ended before an answer was known. */
  abstract void giveUp();

  /** All that wait, in order. */
  static final class Waiting {
    private final Request ends = new Request() {
      @Override
      void giveUp() {
        throw new IllegalStateException("not a request");
      }

      @Override
      public void run() {
        throw new IllegalStateException("not a request");
      }
    };

    Waiting() {
      ends.before = ends;
      ends.after = ends;
    }

    void add(Request request) {
      request.before = ends.before;
      request.after = ends;
      ends.before.after = request;
      ends.before = request;
    }

    void remove(Request request) {
      request.before.after = request.after;
      request.after.before = request.before;
      request.before = null;
      request.after = null;
    }

    void giveUpAll() {
      while (ends.after != ends) {
        Request next = ends.after;
        remove(next);
        next.giveUp();
      }
    }
  }
}
