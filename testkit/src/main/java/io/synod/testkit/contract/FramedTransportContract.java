package io.synod.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.plugin.Settings;
import org.junit.jupiter.api.Test;

/** What a transport promises besides that turns messages into frames of a limited size. */
public abstract class FramedTransportContract extends TransportContract {
  /** Settings under which messages of more than {@code bytes} are too large. */
  protected abstract Settings maxFrame(int bytes);

  @Test
  void aMessageThatIsTooLargeIsDroppedAndTheOthersArrive() throws Exception {
    TransportNode sender = node("c", "n4", ANYWHERE, maxFrame(100_000));
    sender.knows(n2());
    n2().knows(sender);
    sender.reaches(n2(), 1);
    sender.queue(n2().id(), chunk(2, 50_000));
    sender.queue(n2().id(), chunk(3, 100_001));
    sender.queue(n2().id(), chunk(4, 50_000));
    sender.flush();
    assertThat(number(n2().next())).isEqualTo(2);
    assertThat(number(n2().next())).isEqualTo(4);
    sender.says("n2", "100000");
  }

  @Test
  void aFrameThatIsTooLargeForTheReceiverCostsTheConnectionOnly() throws Exception {
    TransportNode receiver = node("c", "n4", ANYWHERE, maxFrame(100_000));
    receiver.knows(n1());
    n1().knows(receiver);
    n1().reaches(receiver, 1);
    n1().send(receiver.id(), chunk(3, 100_001));
    receiver.says("n1", "100000");
    assertThat(receiver.arrived()).isEmpty();
    n1().reaches(receiver, 4);
    n1().reaches(n2(), 5);
  }
}
