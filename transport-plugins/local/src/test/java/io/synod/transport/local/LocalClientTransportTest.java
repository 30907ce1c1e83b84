package io.synod.transport.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.message.ClientMessage;
import io.synod.api.message.ClientMessage.OpenSession;
import io.synod.api.message.ClientMessage.SessionOpened;
import io.synod.api.plugin.Plugin;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Settings;
import io.synod.api.transport.ClientReceiver.ClientLink;
import io.synod.api.transport.ClientTransport;
import io.synod.codec.KryoCodec;
import io.synod.testkit.contract.ClientTransportContract;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LocalClientTransportTest extends ClientTransportContract {
  @Override
  protected Plugins.TransportPlugin plugin() {
    return new LocalTransportPlugin();
  }

  @Test
  void aClientThatDoesNotTakeItsAnswersIsCut() throws Exception {
    Settings few = Settings.DEFAULTS.with(LocalTransportPlugin.CLIENT_QUEUE, 10);
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    try (ClientTransport slow = plugin().client("c", KryoCodec::new, few)) {
      ClientLink link = slow.connect(node().address(), new ClientTransport.Listener() {
        @Override
        public void onMessage(ClientMessage message) {
          try {
            go.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        }

        @Override
        public void onClosed() {
          end.countDown();
        }
      }).toCompletableFuture().get();
      link.send(new OpenSession(1));
      ClientLink answers = node().nextClientEvent().link();
      for (int i = 0; i < 20; i++) {
        answers.send(new SessionOpened(i, i));
      }
      assertThat(node().nextClientEvent().message()).isNull();
      go.countDown();
      end.await();
    }
  }

  @Test
  void isFoundByTheServiceLoader() {
    assertThat(ServiceLoader.load(Plugin.class)).anyMatch(p -> p.name().equals("local"));
  }
}
