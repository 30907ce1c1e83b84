package io.synod.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synod.api.plugin.Plugin;
import io.synod.api.plugin.Setting;
import io.synod.api.plugin.Slot;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogTest {
  private record Option(Slot slot, String name, List<Setting<?>> settings) implements Plugin {
    @Override
    public String meaning() {
      return "for the test";
    }
  }

  @Test
  void twoPluginsOfOneNameAreRefusedByTheirClasses() {
    Plugin one = new Option(Slot.STORAGE, "x", List.of());

    assertThatThrownBy(() -> Catalog.of(List.of(one, one), List.of()))
        .isInstanceOf(BadConfiguration.class)
        .hasMessageContaining("two plugins offer synod.storage = x")
        .hasMessageContaining(Option.class.getName());
  }

  @Test
  void oneKeyWithTwoMeaningsIsRefused() {
    Plugin one = new Option(Slot.STORAGE, "x",
        List.of(Setting.integer("synod.x", 1, 0, 9, "x")));
    Plugin other = new Option(Slot.STORAGE, "y",
        List.of(Setting.integer("synod.x", 2, 0, 9, "x")));

    assertThatThrownBy(() -> Catalog.of(List.of(one, other), List.of()))
        .hasMessageContaining("synod.x is declared differently");
  }

  @Test
  void everyDefaultReadsBackAsItself() throws Exception {
    for (Setting<?> setting : Catalog.discover(getClass().getClassLoader(), List.of())
        .keys().values()) {
      assertThat((Object) Texts.parse(setting, Catalog.defaultText(setting)))
          .as(setting.key()).isEqualTo(setting.defaultValue());
      assertThat(setting.meaning()).as(setting.key()).isNotBlank();
    }
  }

  @Test
  void textsOfValues() {
    assertThat(Texts.show(64L << 20)).isEqualTo("64M");
    assertThat(Texts.show(1536L)).isEqualTo("1536");
    assertThat(Texts.show(0L)).isEqualTo("0");
    assertThat(Texts.show(Duration.ofMillis(150))).isEqualTo("150ms");
    assertThat(Texts.show(Duration.ofMinutes(5))).isEqualTo("300s");
    assertThat(Texts.show(Duration.ofNanos(20_000))).isEqualTo("20us");
  }

  @Test
  void nearestWords() {
    assertThat(Nearest.distance("kitten", "sitting")).isEqualTo(3);
    assertThat(Nearest.to("fats", List.of("fast", "classic"))).contains("fast");
    assertThat(Nearest.to("entirely-different", List.of("fast", "classic"))).isEmpty();
  }
}
