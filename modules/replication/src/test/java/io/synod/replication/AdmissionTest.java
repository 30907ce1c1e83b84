package io.synod.replication;

import static io.synod.replication.Kit.N1;
import static io.synod.replication.Kit.N2;
import static io.synod.replication.Kit.N3;
import static io.synod.replication.Kit.STORE;
import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.message.AdmissionMessage.Acknowledge;
import io.synod.api.message.AdmissionMessage.Introduce;
import io.synod.api.message.AdmissionMessage.StoreLost;
import io.synod.api.model.Incarnation;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.Settings;
import io.synod.api.storage.DurableRecord;
import io.synod.quorum.MajorityPlugin;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A store speaks only when no old vote under its id can have counted unseen. */
class AdmissionTest {
  private static final Incarnation OTHER = new Incarnation(8);

  private final Kit kit = new Kit();
  private final List<String> told = new ArrayList<>();

  private Admission of(int nodes) {
    return of(nodes, true);
  }

  private Admission of(int nodes, boolean remembered) {
    List<NodeId> ids =
        IntStream.rangeClosed(1, nodes).mapToObj(i -> NodeId.of("n" + i)).toList();
    return new Admission(
        kit.context(Settings.DEFAULTS), new MajorityPlugin().create(ids, Settings.DEFAULTS),
        remembered, new Admission.Listener() {
          @Override
          public void admitted() {
            told.add("admitted");
          }

          @Override
          public void refused(NodeId peer, Incarnation known) {
            told.add(peer + " knows " + known);
          }

          @Override
          public void replaced() {
            told.add("replaced");
          }
        });
  }

  private static void confirm(Admission admission, String peer) {
    admission.onMessage(NodeId.of(peer), new Acknowledge(STORE, STORE));
  }

  private boolean admitted() {
    kit.forced();
    return told.contains("admitted");
  }

  @Test
  void ofThreeBothOthersMustConfirm() {
    Admission admission = of(3);
    admission.start();
    assertThat(kit.takeSent()).containsExactly(
        new Kit.Sent(N2, new Introduce(STORE)), new Kit.Sent(N3, new Introduce(STORE)));
    confirm(admission, "n2");
    confirm(admission, "n2");
    assertThat(admitted()).as("n1's old store and n3 may have chosen something").isFalse();
    confirm(admission, "n3");
    assertThat(admitted()).isTrue();
    assertThat(kit.timers()).isZero();
  }

  @Test
  void ofFiveThreeOthersMustConfirm() {
    Admission admission = of(5);
    admission.start();
    confirm(admission, "n2");
    confirm(admission, "n3");
    assertThat(admitted()).isFalse();
    confirm(admission, "n5");
    assertThat(admitted()).isTrue();
  }

  @Test
  void itSpeaksOnlyWhenThatIsOnDisk() {
    Admission admission = of(3);
    admission.start();
    confirm(admission, "n2");
    confirm(admission, "n3");
    assertThat(kit.takePersisted()).containsExactly(new DurableRecord.Admitted());
    assertThat(told).isEmpty();
    kit.forced();
    assertThat(told).containsExactly("admitted");
  }

  @Test
  void aloneThereIsNobodyToAsk() {
    of(1).start();
    assertThat(admitted()).isTrue();
  }

  @Test
  void aPeerThatKnowsAnotherStoreRefusesForGood() {
    Admission admission = of(5);
    admission.start();
    confirm(admission, "n2");
    confirm(admission, "n3");
    admission.onMessage(NodeId.of("n4"), new Acknowledge(STORE, OTHER));
    assertThat(told).containsExactly("n4 knows 8");
    confirm(admission, "n5");
    assertThat(admitted()).isFalse();
    assertThat(kit.timers()).as("nobody is asked again").isZero();
  }

  @Test
  void wherePeersForgetWhomTheyMetAllOfThemMustConfirm() {
    Admission admission = of(5, false);
    admission.start();
    confirm(admission, "n2");
    confirm(admission, "n3");
    confirm(admission, "n4");
    assertThat(admitted()).as("those may have forgotten, and n5 may know").isFalse();
    confirm(admission, "n5");
    assertThat(admitted()).isTrue();
  }

  @Test
  void wherePeersForgetOneThatIsRefusedSeesToItThatNoLaterStoreIsTakenForTheFirst() {
    Admission admission = of(5, false);
    admission.start();
    admission.onMessage(NodeId.of("n4"), new Acknowledge(STORE, OTHER));
    assertThat(told).containsExactly("n4 knows 8");
    kit.takeSent();
    kit.advance(200);
    assertThat(kit.takeSent()).as("it goes on until enough know").isNotEmpty();
    confirm(admission, "n2");
    assertThat(told).containsExactly("n4 knows 8", "replaced");
    assertThat(kit.timers()).isZero();
    confirm(admission, "n3");
    confirm(admission, "n5");
    assertThat(admitted()).isFalse();
  }

  @Test
  void ofAnIdWhoseFirstStoreIsLostNoStoreIsTheFirst() {
    Admission admission = of(3);
    admission.onMessage(N2, new StoreLost(Incarnation.FOUNDING));
    admission.onMessage(N2, new Introduce(OTHER));
    assertThat(kit.takeSent()).containsExactly(
        new Kit.Sent(N2, new Acknowledge(OTHER, Incarnation.FOUNDING)));
  }

  @Test
  void answersToAnEarlierStoreAndOfStrangersDoNotCount() {
    Admission admission = of(3);
    admission.start();
    admission.onMessage(N2, new Acknowledge(OTHER, OTHER));
    admission.onMessage(N2, new Acknowledge(OTHER, STORE));
    confirm(admission, "n9");
    confirm(admission, "n3");
    assertThat(admitted()).isFalse();
    assertThat(told).isEmpty();
  }

  @Test
  void whoIsSilentIsAskedAgainWhoAnsweredIsNot() {
    Admission admission = of(3);
    admission.start();
    confirm(admission, "n2");
    kit.takeSent();
    kit.advance(200);
    assertThat(kit.takeSent()).isNotEmpty().allMatch(sent -> sent.to().equals(N3));
  }

  @Test
  void theFirstStoreMetUnderAnIdIsRecordedBeforeTheAnswerAndNeverReplaced() {
    Admission admission = of(3);
    admission.onMessage(N2, new Introduce(OTHER));
    assertThat(kit.takePersisted()).containsExactly(new DurableRecord.Met(N2, OTHER));
    assertThat(kit.takeSent())
        .containsExactly(new Kit.Sent(N2, new Acknowledge(OTHER, OTHER)));
    admission.onMessage(N2, new Introduce(STORE));
    admission.onMessage(N2, new Introduce(OTHER));
    assertThat(kit.takePersisted()).isEmpty();
    assertThat(kit.takeSent()).containsExactly(
        new Kit.Sent(N2, new Acknowledge(STORE, OTHER)),
        new Kit.Sent(N2, new Acknowledge(OTHER, OTHER)));
    admission.onMessage(NodeId.of("n9"), new Introduce(OTHER));
    assertThat(kit.takeSent()).as("a stranger").isEmpty();
  }

  @Test
  void whatWasSettledInAnEarlierLifeIsNotAskedAgain() {
    Admission admission = of(3);
    admission.recover(new DurableRecord.Met(N2, OTHER));
    admission.recover(new DurableRecord.Admitted());
    assertThat(admission.isAdmitted()).isTrue();
    assertThat(admission.met()).containsEntry(N2, OTHER).doesNotContainKey(N1);
    admission.start();
    assertThat(told).containsExactly("admitted");
    assertThat(kit.takeSent()).isEmpty();
  }
}
