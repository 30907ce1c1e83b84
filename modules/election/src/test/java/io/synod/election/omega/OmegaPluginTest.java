package io.synod.election.omega;

import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.plugin.Plugin;
import io.synod.api.plugin.Settings;
import java.time.Duration;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class OmegaPluginTest {
  @Test
  void allAreFoundByTheServiceLoader() {
    assertThat(ServiceLoader.load(Plugin.class)).extracting(Plugin::name).containsExactlyInAnyOrder(
        "fixed", "lease", "omega", "plain", "quorum-connected", "sloppy", "spring");
  }

  @Test
  void theDefaultsDoNotContradictEachOther() {
    assertThat(new OmegaPlugin().contradictions(Settings.DEFAULTS)).isEmpty();
  }

  @Test
  void refusesTimeOutsThatOneLostHeartbeatExceeds() {
    Settings settings = Settings.DEFAULTS.with(OmegaPlugin.TIMEOUT, Duration.ofMillis(149));
    assertThat(new OmegaPlugin().contradictions(settings)).singleElement().asString()
        .contains("synod.election.timeout = 149ms", "synod.election.heartbeat = 50ms");
  }

  @Test
  void refusesACapBelowTheTimeOut() {
    Settings settings = Settings.DEFAULTS.with(OmegaPlugin.CAP, Duration.ofMillis(299));
    assertThat(new OmegaPlugin().contradictions(settings)).singleElement().asString()
        .contains("synod.election.cap = 299ms", "synod.election.timeout = 300ms");
  }
}
