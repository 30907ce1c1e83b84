package io.synod.server.kv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class LeaseCommandsTest {
  private final Machine kv = new Machine();

  @Test
  void aResourceHasOneHolderUntilItsTimeIsOver() {
    assertThat(kv.apply("LEASE", "ACQUIRE", "printer", "a", "100")).isEqualTo(":1");
    assertThat(kv.apply("LEASE", "ACQUIRE", "printer", "b", "100")).isEqualTo(":0");
    assertThat(kv.query("HOLDER", "printer")).isEqualTo("*4 $1 a :1 :100 :0");
    kv.time += 100;
    assertThat(kv.apply("LEASE", "acquire", "printer", "b", "100")).isEqualTo(":2");
    assertThat(kv.apply("LEASE", "RENEW", "printer", "1", "100")).isEqualTo(":0");
    assertThat(kv.apply("LEASE", "RENEW", "printer", "2", "300")).isEqualTo(":1");
    assertThat(kv.apply("LEASE", "REVOKE", "printer")).isEqualTo(":300");
    assertThat(kv.query("HOLDER", "printer")).isEqualTo("*4 $1 b :2 :300 :1");
    assertThat(kv.apply("LEASE", "RELEASE", "printer", "2")).isEqualTo(":1");
    assertThat(kv.query("HOLDER", "printer")).isEqualTo("$-1");
    assertThat(kv.apply("LEASE", "REVOKE", "printer")).isEqualTo(":0");
  }

  @Test
  void whatCannotBeMeantIsRefusedAndChangesNothing() {
    assertThat(kv.apply("LEASE", "STEAL", "printer")).startsWith("-ERR LEASE takes ACQUIRE");
    assertThat(kv.apply("LEASE", "ACQUIRE", "printer", "a", "soon"))
        .isEqualTo("-ERR value is not an integer or out of range");
    assertThat(kv.apply("LEASE", "ACQUIRE", "printer", "a", "-1"))
        .isEqualTo("-ERR a lease of -1 ms");
    assertThat(kv.query("HOLDER", "printer")).isEqualTo("$-1");
  }

  @Test
  void leasesAreInSnapshotsAndInTheDigest() throws IOException {
    long before = kv.machine.digest();
    kv.apply("LEASE", "ACQUIRE", "printer", "a", "100");
    assertThat(kv.machine.digest()).isNotEqualTo(before);
    Machine copy = Machine.restored(kv.snapshot(), kv.time);
    assertThat(copy.query("HOLDER", "printer")).isEqualTo("*4 $1 a :1 :100 :0");
    assertThat(copy.machine.digest()).isEqualTo(kv.machine.digest());
    assertThat(copy.apply("LEASE", "ACQUIRE", "plotter", "b", "1")).isEqualTo(":2");
  }
}
