package io.synod.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.message.BroadcastMessage.CatchUp;
import io.synod.api.message.ReplicationMessage.ReadIndex;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.Settings;
import io.synod.api.transport.PeerAddress;
import io.synod.testkit.contract.TransportNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Strangers at the port: their connection is closed with one line, and nobody else suffers. */
class HostileConnectionsTest {
  private static final PeerAddress ANYWHERE = new PeerAddress("127.0.0.1", 0);
  private static final NodeId RAW = NodeId.of("raw");

  private TransportNode n1;
  private TransportNode n2;

  @BeforeEach
  void start() throws Exception {
    begin(Settings.DEFAULTS);
  }

  private void begin(Settings settings) throws Exception {
    n1 = TransportNode.start(new NettyTransportPlugin(), "c", "n1", ANYWHERE, settings);
    n2 = TransportNode.start(new NettyTransportPlugin(), "c", "n2", ANYWHERE, settings);
    n1.knows(n2);
    n2.knows(n1);
    n1.knows(RAW, new PeerAddress("127.0.0.1", 1));
    n2.reaches(n1, 1);
  }

  private void restart(Settings settings) throws Exception {
    stop();
    begin(settings);
  }

  @AfterEach
  void stop() {
    n1.close();
    n2.close();
  }

  private void nobodyElseSuffers() throws InterruptedException {
    n2.send(n1.id(), new ReadIndex(99));
    assertThat(n1.next().message()).isEqualTo(new ReadIndex(99));
  }

  private void isShownTheDoor(byte[] bytes, String... parts) throws Exception {
    try (RawPeer raw = new RawPeer(n1.address())) {
      raw.say(bytes);
      raw.awaitEnd();
    }
    n1.says(parts);
    assertThat(n1.lines()).isEmpty();
    nobodyElseSuffers();
  }

  private RawPeer welcomed() throws IOException {
    RawPeer raw = new RawPeer(n1.address());
    raw.say(RawPeer.hello(1, 1, false, "c", "raw"));
    assertThat(raw.answer().refusal()).isEmpty();
    return raw;
  }

  @Test
  void anHttpRequestIsClosedWithOneLine() throws Exception {
    isShownTheDoor(
        "GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
        "GET / HTTP", "127.0.0.1");
  }

  @Test
  void aTlsHelloIsClosedWithOneLine() throws Exception {
    isShownTheDoor(new byte[] {0x16, 3, 1, 2, 0, 1, 0, 1, (byte) 0xFC, 3, 3}, "\\x16\\x03\\x01");
  }

  @Test
  void garbageWithALegalLengthIsClosedWithOneLine() throws Exception {
    byte[] garbage = new byte[104];
    new Random(4).nextBytes(garbage);
    ByteBuffer.wrap(garbage).putInt(100);
    isShownTheDoor(garbage, "does not begin with a Synod handshake");
  }

  @Test
  void everyBeginningOfAHandshakeFollowedByGarbageIsClosed() throws Exception {
    byte[] hello = RawPeer.hello(1, 1, false, "c", "raw");
    for (int cut = 0; cut < hello.length; cut++) {
      byte[] spoilt = Arrays.copyOf(hello, hello.length + 64);
      Arrays.fill(spoilt, cut, spoilt.length, (byte) 0xEE);
      try (RawPeer raw = new RawPeer(n1.address())) {
        raw.say(spoilt);
        raw.awaitEnd();
      }
    }
    nobodyElseSuffers();
  }

  @Test
  void aVersionThatIsNotSpokenIsRefusedWithAReason() throws Exception {
    try (RawPeer raw = new RawPeer(n1.address())) {
      raw.say(RawPeer.hello(7, 9, false, "c", "raw"));
      assertThat(raw.answer().refusal()).contains("1 to 1").contains("7 to 9");
      raw.awaitEnd();
    }
    n1.says("7 to 9", "raw");
  }

  @Test
  void aWiderRangeOfVersionsAgreesOnOurs() throws Exception {
    try (RawPeer raw = new RawPeer(n1.address())) {
      raw.say(RawPeer.hello(1, 9, false, "c", "raw"));
      assertThat(raw.answer()).isEqualTo(new Handshake.Answer(1, "n1".hashCode(), "n1", ""));
    }
  }

  @Test
  void aCallerOfItsOwnNameIsRefused() throws Exception {
    try (RawPeer raw = new RawPeer(n1.address())) {
      raw.say(RawPeer.hello(1, 1, false, "c", "n1"));
      assertThat(raw.answer().refusal()).contains("itself named n1");
      raw.awaitEnd();
    }
  }

  @Test
  void anOversizedLengthAfterTheHandshakeIsClosed() throws Exception {
    for (int length : new int[] {Integer.MAX_VALUE, -1, 64 * 1024 * 1024 + 1}) {
      restart(Settings.DEFAULTS);
      try (RawPeer raw = welcomed()) {
        raw.say(ByteBuffer.allocate(4).putInt(length).array());
        raw.awaitEnd();
      }
      n1.says("raw", "max-frame", Integer.toUnsignedString(length));
      nobodyElseSuffers();
    }
  }

  @Test
  void aMalformedMessageIsClosedAndWhatCameBeforeIsDelivered() throws Exception {
    try (RawPeer raw = welcomed()) {
      raw.say(RawPeer.frame(new ReadIndex(5)));
      raw.say(new byte[] {0, 0, 0, 3, 1, 2, 3});
      raw.say(RawPeer.frame(new ReadIndex(6)));
      raw.awaitEnd();
    }
    assertThat(n1.next()).isEqualTo(new TransportNode.Received(RAW, new ReadIndex(5)));
    n1.says("raw", "not a legal Message");
    assertThat(n1.arrived()).isEmpty();
    nobodyElseSuffers();
  }

  @Test
  void oneByteAtATimeIsUnderstood() throws Exception {
    try (RawPeer raw = new RawPeer(n1.address())) {
      for (byte b : RawPeer.hello(1, 1, false, "c", "raw")) {
        raw.say(new byte[] {b});
      }
      raw.answer();
      for (byte b : RawPeer.frame(new CatchUp(InstanceId.of(70_000), 5))) {
        raw.say(new byte[] {b});
      }
      assertThat(n1.next().message()).isEqualTo(new CatchUp(InstanceId.of(70_000), 5));
    }
  }

  @Test
  void framesCutAtEveryByteAreDroppedWhole() throws Exception {
    byte[] frame = RawPeer.frame(new CatchUp(InstanceId.of(70_000), 5));
    for (int cut = 0; cut < frame.length; cut++) {
      try (RawPeer raw = welcomed()) {
        raw.say(RawPeer.frame(new ReadIndex(cut)));
        raw.say(Arrays.copyOf(frame, cut));
      }
      assertThat(n1.next().message()).isEqualTo(new ReadIndex(cut));
    }
    nobodyElseSuffers();
    assertThat(n1.arrived()).isEmpty();
  }

  @Test
  void theNodePingsAndSilenceEndsTheConnection() throws Exception {
    restart(Settings.DEFAULTS.with(Keys.PING_INTERVAL, Duration.ofMillis(20))
        .with(Keys.IDLE_TIMEOUT, Duration.ofMillis(200)));
    try (RawPeer raw = welcomed()) {
      assertThat(raw.readInt()).isZero();
      raw.awaitEnd();
    }
    n1.says("raw", "nothing was heard");
    nobodyElseSuffers();
  }

  @Test
  void pingsKeepAConnectionThatHasNothingToSay() throws Exception {
    restart(Settings.DEFAULTS.with(Keys.PING_INTERVAL, Duration.ofMillis(20))
        .with(Keys.IDLE_TIMEOUT, Duration.ofMillis(400)));
    try (RawPeer raw = welcomed()) {
      for (int ping = 0; ping < 60; ping++) {
        assertThat(raw.readInt()).isZero();
        raw.say(new byte[4]);
      }
      raw.say(RawPeer.frame(new ReadIndex(3)));
      assertThat(n1.next().message()).isEqualTo(new ReadIndex(3));
    }
  }

  @Test
  void aHandshakeThatDoesNotEndIsClosed() throws Exception {
    restart(Settings.DEFAULTS.with(Keys.HANDSHAKE_TIMEOUT, Duration.ofMillis(100)));
    isShownTheDoor(
        Arrays.copyOf(RawPeer.hello(1, 1, false, "c", "raw"), 9), "no handshake within 100ms");
  }

  @Test
  void twoHundredSilentConnectionsHarmNobodyAndAreClosed() throws Exception {
    restart(Settings.DEFAULTS.with(Keys.HANDSHAKE_TIMEOUT, Duration.ofSeconds(1)));
    List<RawPeer> idle = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      idle.add(new RawPeer(n1.address()));
    }
    nobodyElseSuffers();
    for (RawPeer raw : idle) {
      raw.awaitEnd();
      raw.close();
    }
    n1.says("no handshake");
    assertThat(n1.lines()).isEmpty();
  }

  @Test
  void connectionsBeyondTheLimitAreClosedAndThePeersStay() throws Exception {
    restart(Settings.DEFAULTS.with(Keys.MAX_CONNECTIONS, 3));
    List<RawPeer> clients = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      clients.add(new RawPeer(n1.address()));
      clients.get(i).say(RawPeer.hello(1, 1, true, "c", ""));
      assertThat(clients.get(i).answer().refusal()).isEmpty();
    }
    try (RawPeer fourth = new RawPeer(n1.address())) {
      fourth.say(RawPeer.hello(1, 1, true, "c", ""));
      assertThat(fourth.answer().refusal()).contains("max-connections = 3");
      fourth.awaitEnd();
    }
    nobodyElseSuffers();
    welcomed().close();
    clients.get(0).close();
    Awaitility.await().until(() -> {
      try (RawPeer again = new RawPeer(n1.address())) {
        again.say(RawPeer.hello(1, 1, true, "c", ""));
        return again.answer().refusal().isEmpty();
      }
    });
    clients.get(1).close();
    clients.get(2).close();
  }

  @Test
  void aSecondConnectionOfAPeerReplacesTheFirst() throws Exception {
    try (RawPeer first = welcomed(); RawPeer second = welcomed()) {
      first.awaitEnd();
      second.say(RawPeer.frame(new ReadIndex(8)));
      assertThat(n1.next().message()).isEqualTo(new ReadIndex(8));
    }
  }
}
