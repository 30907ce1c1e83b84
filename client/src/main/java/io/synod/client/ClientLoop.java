package io.synod.client;

import io.synod.api.message.ClientMessage;
import io.synod.api.transport.ClientReceiver.ClientLink;
import io.synod.api.transport.ClientTransport;
import io.synod.api.transport.PeerAddress;
import java.util.concurrent.locks.LockSupport;

/**
 * The client's one thread: takes what callers and the transport put into the inbox, hands it to
 * the core, and sleeps until there is more or the core's next time has come.
 */
final class ClientLoop implements Connector {
  private final Inbox inbox = new Inbox();
  private final ClientTransport transport;
  private final Thread thread;
  private volatile boolean asleep;
  private ClientCore core;
  private boolean closing;
  private long closeBy;

  ClientLoop(ClientTransport transport, String name) {
    this.transport = transport;
    this.thread = new Thread(this::run, name);
    this.thread.setDaemon(true);
  }

  void start(ClientCore core) {
    this.core = core;
    thread.start();
  }

  /** Any thread; false when the client is closed. */
  boolean offer(Input input) {
    if (!inbox.push(input)) {
      return false;
    }
    if (asleep) {
      LockSupport.unpark(thread);
    }
    return true;
  }

  /** Waits up to {@code nanos} for what is outstanding, then ends the thread. */
  void close(long nanos) {
    offer(new Input() {
      @Override
      void deliver(ClientCore core, long now) {
        if (!closing) {
          closing = true;
          closeBy = now + nanos;
          core.closing();
        }
      }
    });
    if (Thread.currentThread() != thread) {
      joinUninterruptibly();
    }
  }

  private void joinUninterruptibly() {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      core.start(System.nanoTime());
      while (!closing || !core.isIdle() && closeBy - System.nanoTime() > 0) {
        turn(inbox.takeAll());
        sleep();
      }
    } finally {
      // Also after a bug: whoever waits for a stage must not wait for ever.
      core.closing();
      deliver(inbox.close(), System.nanoTime());
      core.close();
    }
  }

  private void turn(Input inputs) {
    long now = System.nanoTime();
    deliver(inputs, now);
    core.endOfTurn(now);
  }

  private void deliver(Input inputs, long now) {
    Input input = inputs;
    while (input != null) {
      Input after = input.next();
      input.next(null);
      input.deliver(core, now);
      input = after;
    }
  }

  private void sleep() {
    if (!inbox.isEmpty() || closing && core.isIdle()) {
      return;
    }
    long now = System.nanoTime();
    long until = core.nextTime(now);
    if (closing) {
      until = Times.earlier(until, closeBy);
    }
    asleep = true;
    if (inbox.isEmpty() && until - now > 0) {
      LockSupport.parkNanos(this, until - now);
    }
    asleep = false;
  }

  @Override
  public void connect(PeerAddress node, long attempt) {
    transport.connect(node, new Listening(attempt)).whenComplete(
        (link, failure) -> {
          boolean taken = offer(new Connected(attempt, link));
          if (!taken && link != null) {
            link.close();
          }
        });
  }

  /** Passes on what one connection says, under its attempt's number. */
  private final class Listening implements ClientTransport.Listener {
    private final long attempt;

    Listening(long attempt) {
      this.attempt = attempt;
    }

    @Override
    public void onMessage(ClientMessage message) {
      offer(new Heard(attempt, message));
    }

    @Override
    public void onClosed() {
      offer(new Connected(attempt, null));
    }
  }

  private static final class Heard extends Input {
    private final long attempt;
    private final ClientMessage message;

    Heard(long attempt, ClientMessage message) {
      this.attempt = attempt;
      this.message = message;
    }

    @Override
    void deliver(ClientCore core, long now) {
      core.message(attempt, message, now);
    }
  }

  /** A connection, or {@code null}: none, or no more. */
  private static final class Connected extends Input {
    private final long attempt;
    private final ClientLink link;

    Connected(long attempt, ClientLink link) {
      this.attempt = attempt;
      this.link = link;
    }

    @Override
    void deliver(ClientCore core, long now) {
      if (link == null) {
        core.disconnected(attempt, now);
      } else {
        core.connected(attempt, link, now);
      }
    }
  }
}
