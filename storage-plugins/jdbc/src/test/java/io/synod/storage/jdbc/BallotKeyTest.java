package io.synod.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synod.api.model.Ballot;
import io.synod.api.model.NodeId;
import java.sql.SQLDataException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BallotKeyTest {
  private static List<Ballot> ballots() {
    List<Ballot> ballots = new ArrayList<>(List.of(Ballot.BOTTOM));
    for (long n : new long[] {0, 1, 127, 128, 255, 256, 1L << 31, Ballot.MAX_N}) {
      for (String name : List.of("n1", "n2", "n10", "N9", "a-b", "a_b", "x".repeat(64))) {
        for (int k : new int[] {0, 1, 127, 128, 255, 256, Integer.MAX_VALUE}) {
          ballots.add(new Ballot(n, NodeId.of(name), k));
        }
      }
    }
    return ballots;
  }

  @Test
  void keysAreOrderedAsBallotsAre() {
    for (Ballot a : ballots()) {
      for (Ballot b : ballots()) {
        assertThat(Integer.signum(Arrays.compareUnsigned(BallotKey.of(a), BallotKey.of(b))))
            .as("%s and %s", a, b).isEqualTo(Integer.signum(a.compareTo(b)));
      }
    }
  }

  @Test
  void aKeyIsReadAsItsBallot() throws SQLDataException {
    for (Ballot ballot : ballots()) {
      assertThat(BallotKey.read(BallotKey.of(ballot))).isEqualTo(ballot);
    }
  }

  @Test
  void damageIsTold() {
    assertThatThrownBy(() -> BallotKey.read(new byte[] {1, 2, 3}))
        .isInstanceOf(SQLDataException.class).hasMessageContaining("damaged");
  }
}
