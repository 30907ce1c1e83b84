package io.synod.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LimitedLogTest {
  @Test
  void repeatsAreHeldBackForEachKindAndPartyApart() {
    List<String> lines = new ArrayList<>();
    LimitedLog log = new LimitedLog(lines::add);
    for (int i = 0; i < 100; i++) {
      log.warn("refused", "a", "a is refused");
      log.warn("refused", "b", "b is refused");
      log.warn("cut", "a", "a is cut");
    }
    assertThat(lines).containsExactly("a is refused", "b is refused", "a is cut");
  }
}
