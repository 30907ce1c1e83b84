package io.synod.api.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synod.api.lease.NamedLeases.Grant;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NamedLeasesTest {
  private static final long T = 1000;
  private final NamedLeases leases = new NamedLeases();

  private Optional<Grant> acquire(String holder, long now) {
    return leases.acquire("printer", holder, 100, now);
  }

  @Test
  void aFreeResourceIsLeasedToOneUntilItsTimeIsOver() {
    assertThat(acquire("a", T)).contains(new Grant("a", 1, T + 100, false));
    assertThat(acquire("b", T + 99)).isEmpty();
    assertThat(leases.held("printer", T + 99)).map(Grant::holder).contains("a");
    assertThat(leases.held("printer", T + 100)).isEmpty();
    assertThat(acquire("b", T + 100)).contains(new Grant("b", 2, T + 200, false));
  }

  @Test
  void askedAgainByItsHolderItIsTheSameLeaseAndNotShorter() {
    acquire("a", T);
    assertThat(acquire("a", T + 50)).contains(new Grant("a", 1, T + 150, false));
    assertThat(leases.acquire("printer", "a", 1, T + 60)).map(Grant::untilMillis)
        .contains(T + 150);
  }

  @Test
  void onlyTheTokenThatHoldsItRenewsAndReleasesIt() {
    acquire("a", T);
    assertThat(leases.renew("printer", 2, 500, T)).isEmpty();
    assertThat(leases.renew("printer", 1, 500, T)).map(Grant::untilMillis).contains(T + 500);
    assertThat(leases.release("printer", 2, T)).isFalse();
    assertThat(leases.release("printer", 1, T)).isTrue();
    assertThat(leases.release("printer", 1, T)).isFalse();
    assertThat(leases.renew("printer", 1, 500, T)).as("given back").isEmpty();
    assertThat(acquire("b", T)).map(Grant::token).as("a higher token").contains(2L);
  }

  @Test
  void aLeaseThatIsOverIsNotRenewed() {
    acquire("a", T);
    assertThat(leases.renew("printer", 1, 100, T + 100)).isEmpty();
    assertThat(leases.release("printer", 1, T + 100)).isFalse();
  }

  @Test
  void whatIsRevokedLastsUntilItsTimeAndIsNotRenewed() {
    acquire("a", T);
    assertThat(leases.revoke("printer", T + 10)).hasValue(T + 100);
    assertThat(leases.renew("printer", 1, 500, T + 20)).isEmpty();
    assertThat(acquire("a", T + 20)).as("nor by asking anew").isEmpty();
    assertThat(acquire("b", T + 20)).as("the holder may not know yet").isEmpty();
    assertThat(leases.release("printer", 1, T + 30)).isTrue();
    assertThat(acquire("b", T + 30)).isPresent();
    assertThat(leases.revoke("plotter", T)).as("free").isEmpty();
  }

  @Test
  void whatCannotBeMeantIsRefused() {
    assertThatThrownBy(() -> leases.acquire("", "a", 1, T))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("1 to 1024");
    assertThatThrownBy(() -> leases.acquire("r", "a", 0, T))
        .isInstanceOf(IllegalArgumentException.class).hasMessage("a lease of 0 ms");
    assertThatThrownBy(() -> leases.renew("r", 1, Long.MAX_VALUE, T))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    acquire("a", T);
    leases.acquire("plotter", "b", 7, T);
    leases.revoke("plotter", T);
    NamedLeases frozen = leases.copy();
    leases.release("printer", 1, T);
    NamedLeases copy = written(frozen);
    assertThat(copy.grants()).isEqualTo(frozen.grants()).hasSize(2);
    assertThat(copy.acquire("new", "c", 1, T)).map(Grant::token).contains(3L);
  }

  private static NamedLeases written(NamedLeases leases) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    leases.writeTo(new DataOutputStream(bytes));
    return NamedLeases.readFrom(
        new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
  }

  /** Whatever is asked in whatever order: nobody is granted what another holds. */
  @Test
  void noTwoHoldAResourceAtOnceAndTokensOnlyGrow() {
    for (long seed = 1; seed <= 200; seed++) {
      Random random = new Random(seed);
      NamedLeases one = new NamedLeases();
      long now = 0;
      long highest = 0;
      for (int i = 0; i < 200; i++) {
        now += random.nextInt(20);
        String holder = "h" + random.nextInt(3);
        Optional<Grant> before = one.held("r", now);
        switch (random.nextInt(4)) {
          case 0 -> one.revoke("r", now);
          case 1 -> one.release("r", random.nextInt(5), now);
          case 2 -> one.renew("r", highest, 1 + random.nextInt(30), now);
          default -> one.acquire("r", holder, 1 + random.nextInt(30), now);
        }
        Optional<Grant> after = one.held("r", now);
        if (before.isPresent() && after.isPresent()) {
          assertThat(after.get().token()).as("seed %s", seed).isEqualTo(before.get().token());
          assertThat(after.get().untilMillis())
              .isGreaterThanOrEqualTo(before.get().untilMillis());
        } else if (after.isPresent()) {
          assertThat(after.get().token()).as("seed %s", seed).isGreaterThan(highest);
        }
        highest = after.map(Grant::token).orElse(highest);
      }
    }
  }
}
