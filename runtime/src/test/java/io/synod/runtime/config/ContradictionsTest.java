package io.synod.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.synod.api.plugin.Slot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Values that are legal each by itself and cannot be meant together are refused by their keys. */
class ContradictionsTest {
  private static final String GOOD = """
      synod.node = n1
      synod.members = n1@localhost:7371,n2@localhost:7372,n3@localhost:7373
      synod.data = /tmp/${synod.node}
      synod.transport = local
      """;

  @TempDir Path directory;

  @Test
  void contradictionsBetweenLegalValuesAreRefused() {
    assertThat(errors(GOOD + """
        synod.quorum = flexible
        synod.quorum.read = 1
        synod.quorum.write = 2
        """)).anyMatch(error -> error.contains("synod.quorum = flexible"));
    assertThat(errors(GOOD + """
        synod.replication.max-command = 2M
        synod.replication.max-waiting-bytes = 1M
        """)).anyMatch(error -> error.contains("could never wait"));
  }

  @ParameterizedTest
  @EnumSource(value = Slot.class, mode = EnumSource.Mode.EXCLUDE, names = "PASSIVE")
  void anOptionThatIsNotThereIsToldWhateverElseIsChecked(Slot slot) {
    String text = GOOD.replace("synod.transport = local", "") + slot.key() + " = nothing\n";
    assertThat(errors(text)).anyMatch(error ->
        error.contains(slot.key() + ": there is no option 'nothing'"));
  }

  @Test
  void registersWithoutMemoryAreRefused() {
    assertThat(errors(GOOD + """
        synod.variant = abd
        synod.storage = memory
        synod.quorum = winter
        synod.memory.writer = n4
        """)).anyMatch(e -> e.startsWith("synod.storage = memory contradicts synod.variant = abd"))
        .anyMatch(e -> e.startsWith("synod.quorum = winter contradicts synod.variant = abd"))
        .anyMatch(e -> e.equals(
            "synod.memory.writer = n4 is none of the members [n1, n2, n3]"));
  }

  @Test
  void quorumsOfRegistersThatDoNotMeetAreRefusedWithAPair() {
    assertThat(errors(GOOD + """
        synod.variant = abd
        synod.quorum = explicit
        synod.quorum.read-sets = n1+n2
        synod.quorum.write-sets = n1/n3
        """)).singleElement().asString()
        .contains("read quorum [n1, n2] does not meet write quorum [n3]");
  }

  @Test
  void aWindowThatFitsIntoNoMessageIsRefused() {
    assertThat(errors(GOOD.replace("synod.transport = local", "") + """
        synod.replication.max-command = 8M
        """)).singleElement().asString()
        .startsWith("synod.transport.max-frame = 67108864 is too small: synod.broadcast.window")
        .contains("synod.replication.max-command", "need 134283264");
  }

  @Test
  void aLeaseThatOutlastsTheElectionIsRefused() {
    assertThat(errors(GOOD + """
        synod.lease.duration = 5s
        """)).singleElement().asString()
        .startsWith("synod.lease.duration = 5s is above synod.election.cap = 2s");
  }

  @Test
  void aLeaseThatOutlastsASloppyRoundTripIsRefused() {
    assertThat(errors(GOOD + """
        synod.election = sloppy
        synod.election.round-trip = 200ms
        """)).singleElement().asString()
        .startsWith("synod.lease.duration = 500ms is above synod.election.round-trip = 200ms");
  }

  @Test
  void aLeaderLeaseThatTheElectionDoesNotAllowIsRefused() {
    String leased = GOOD + "synod.election = lease\n";
    assertThat(errors(leased + "synod.election.lease = 3s")).singleElement().asString()
        .startsWith("synod.election = lease: synod.election.lease = 3000ms is longer than the"
            + " election time-out allows, synod.election.cap = 2000ms");
    assertThat(errors(leased + "synod.election.lease = 200ms")).singleElement().asString()
        .contains("synod.election.lease = 200ms").contains("synod.election.heartbeat = 50ms");
    assertThat(errors(leased.replace("3@localhost:7373", "3@localhost:7373=auxiliary")
        + "synod.variant = cheap")).singleElement().asString()
        .startsWith("synod.election = lease contradicts synod.quorum = cheap");
    assertThat(errors(leased + "synod.variant = vertical\nsynod.master.servers = m1:1"))
        .singleElement().asString()
        .startsWith("synod.election = lease contradicts synod.reconfig = master");
  }

  @Test
  void aFixedLeaderMustBeAMemberThatMayLead() {
    String fixed = GOOD + "synod.election = fixed\n";
    assertThat(errors(fixed)).singleElement()
        .isEqualTo("synod.election = fixed: needs synod.election.leader");
    assertThat(errors(fixed + "synod.election.leader = n4")).singleElement()
        .isEqualTo("synod.election.leader = n4: n4 is no member of synod.members = [n1, n2, n3]");
    String learner = fixed.replace("n3@localhost:7373", "n3@localhost:7373=learner");
    assertThat(errors(learner + "synod.election.leader = n3")).singleElement()
        .isEqualTo("synod.election.leader = n3: n3 may not lead in the role LEARNER of"
            + " synod.members = [n1, n2, n3]");
  }

  @Test
  void listsOfQuorumsThatDoNotIntersectAreRefusedWithAPair() {
    assertThat(errors(GOOD + """
        synod.quorum = explicit
        synod.quorum.read-sets = n1+n2/n3
        """)).singleElement().asString().startsWith("synod.quorum = explicit over [n1, n2, n3]:")
        .contains("read quorum [n1, n2] does not meet write quorum [n3]");
  }

  @Test
  void winterIsRefusedWhatRemembersAndMoreCrashesThanItBears() {
    assertThat(errors(GOOD + """
        synod.quorum = winter
        synod.winter.crashes = 2
        """))
        .anyMatch(e -> e.startsWith("synod.quorum = winter contradicts synod.register = stable"))
        .anyMatch(e -> e.startsWith("synod.quorum = winter contradicts synod.storage = file"))
        .anyMatch(e -> e.contains("with synod.winter.crashes = 2 there are 1 of 3"));
  }

  private List<String> errors(String content) {
    return catchThrowableOfType(BadConfiguration.class, () -> resolve(content)).errors();
  }

  private void resolve(String content) throws BadConfiguration {
    try {
      Path file = Files.writeString(directory.resolve("c.properties"), content);
      NodeConfig.resolve(Catalog.discover(ContradictionsTest.class.getClassLoader(), List.of()),
          Inputs.of(file, Map.of()));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
