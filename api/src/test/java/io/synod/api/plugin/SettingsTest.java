package io.synod.api.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Settings have legal values only, and say by key what is not. */
class SettingsTest {
  private static final Setting<Integer> COUNT = Setting.integer("t.count", 5, 1, 10, "a count");
  private static final Setting<Duration> WAIT = Setting.duration(
      "t.wait", Duration.ofMillis(20), Duration.ofMillis(1), Duration.ofSeconds(1), "a wait");

  @Test
  void whatIsNotGivenHasItsDefault() {
    assertThat(Settings.DEFAULTS.get(COUNT)).isEqualTo(5);
    assertThat(Settings.DEFAULTS.has(COUNT)).isFalse();
    assertThat(Settings.DEFAULTS.nanos(WAIT)).isEqualTo(20_000_000L);
  }

  @Test
  void withMakesACopyAndLeavesTheOriginalAlone() {
    Settings more = Settings.DEFAULTS.with(COUNT, 7);
    assertThat(more.get(COUNT)).isEqualTo(7);
    assertThat(more.has(COUNT)).isTrue();
    assertThat(more.with(COUNT, 8).get(COUNT)).isEqualTo(8);
    assertThat(more.get(COUNT)).isEqualTo(7);
    assertThat(Settings.DEFAULTS.get(COUNT)).isEqualTo(5);
  }

  @Test
  void aValueOutOfRangeIsRefusedByKeyAndRange() {
    assertThatThrownBy(() -> Settings.DEFAULTS.with(COUNT, 11))
        .hasMessageContaining("t.count = 11").hasMessageContaining("1 to 10");
    assertThatThrownBy(() -> Settings.DEFAULTS.with(COUNT, 0)).hasMessageContaining("t.count");
    assertThatThrownBy(() -> Settings.DEFAULTS.with(WAIT, Duration.ofSeconds(2)))
        .hasMessageContaining("t.wait").hasMessageContaining("1ms to 1000ms");
    assertThatThrownBy(() -> Settings.DEFAULTS.with(WAIT, Duration.ZERO))
        .hasMessageContaining("t.wait");
  }

  @Test
  void theEndsOfARangeAreLegal() {
    assertThat(Settings.DEFAULTS.with(COUNT, 1).with(COUNT, 10).get(COUNT)).isEqualTo(10);
    Setting<Long> bytes = Setting.bytes("t.bytes", 4, 4, 8, "bytes");
    assertThat(Settings.DEFAULTS.with(bytes, 8L).get(bytes)).isEqualTo(8);
    assertThatThrownBy(() -> Settings.DEFAULTS.with(bytes, 9L)).hasMessageContaining("t.bytes");
  }

  @Test
  void aChoiceTakesItsWordsOnly() {
    Setting<String> choice = Setting.choice("t.mode", "a", List.of("a", "b"), "a mode");
    assertThat(Settings.DEFAULTS.with(choice, "b").get(choice)).isEqualTo("b");
    assertThatThrownBy(() -> Settings.DEFAULTS.with(choice, "c")).hasMessageContaining("a | b");
  }

  @Test
  void flagsAndTextsTakeAnything() {
    Setting<Boolean> flag = Setting.flag("t.flag", false, "a flag");
    Setting<String> text = Setting.text("t.text", "", "a text");
    assertThat(Settings.DEFAULTS.with(flag, true).get(flag)).isTrue();
    assertThat(Settings.DEFAULTS.with(text, "x").get(text)).isEqualTo("x");
  }

  @Test
  void aDefaultOutsideItsOwnRangeIsRefusedByKey() {
    assertThatThrownBy(() -> Setting.integer("t.bad", 0, 1, 10, "bad"))
        .hasMessageContaining("t.bad");
  }
}
