package io.synod.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synod.api.message.ReplicationMessage.ReadIndex;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.Plugin;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Settings;
import io.synod.api.transport.PeerAddress;
import io.synod.api.transport.TransportException;
import io.synod.testkit.contract.FramedTransportContract;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class NettyTransportTest extends FramedTransportContract {
  @Override
  protected Plugins.TransportPlugin plugin() {
    return new NettyTransportPlugin();
  }

  @Override
  protected Settings smallQueue(int messages, int bytes) {
    return Settings.DEFAULTS.with(Keys.PEER_QUEUE, (long) messages * bytes);
  }

  @Override
  protected Settings maxFrame(int bytes) {
    return Settings.DEFAULTS.with(Keys.MAX_FRAME, (long) bytes);
  }

  @Override
  protected Settings settings() {
    return Settings.DEFAULTS.with(Keys.THREADS, 2);
  }

  @Test
  void theThreadsEndWithTheNode() throws Exception {
    n1().knows(NodeId.of("named"), new PeerAddress("localhost", n2().address().port()));
    n1().send(NodeId.of("named"), new ReadIndex(1));
    n1().says("'n2' answers there, not named");
    n1().reaches(n2(), 1);
    assertThat(threadsOf("n1")).isNotEmpty();
    n1().close();
    Awaitility.await().untilAsserted(() -> assertThat(threadsOf("n1")).isEmpty());
  }

  private static List<String> threadsOf(String node) {
    return Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
        .filter(name -> name.matches("synod-net-" + node + "(-.*)?")).toList();
  }

  @Test
  void namesAreLookedUp() throws Exception {
    n1().knows(n2().id(), new PeerAddress("localhost", n2().address().port()));
    n1().reaches(n2(), 1);
  }

  @Test
  void aNameThatDoesNotExistIsReported() throws Exception {
    n1().knows(NodeId.of("n8"), new PeerAddress("no-such-host.invalid", 7000));
    n1().send(NodeId.of("n8"), new ReadIndex(1));
    n1().says("n8", "no-such-host.invalid:7000");
    n1().reaches(n2(), 1);
  }

  @Test
  void anAddressThatIsNotOfThisMachineIsReported() {
    assertThatThrownBy(() -> node("c", "n8", new PeerAddress("192.0.2.1", 7000), settings()))
        .isInstanceOf(TransportException.class).hasMessageContaining("192.0.2.1:7000");
  }

  @Test
  void contradictionsNameTheKeys() {
    Settings settings = Settings.DEFAULTS
        .with(Keys.RECONNECT_MIN, Duration.ofSeconds(9))
        .with(Keys.IDLE_TIMEOUT, Duration.ofMillis(900));
    assertThat(plugin().contradictions(Settings.DEFAULTS)).isEmpty();
    assertThat(plugin().contradictions(settings)).hasSize(2)
        .anyMatch(s -> s.contains("reconnect-max") && s.contains("reconnect-min"))
        .anyMatch(s -> s.contains("idle-timeout") && s.contains("ping-interval"));
  }

  @Test
  void isFoundByTheServiceLoader() {
    assertThat(ServiceLoader.load(Plugin.class)).anyMatch(p -> p.name().equals("netty"));
  }
}
