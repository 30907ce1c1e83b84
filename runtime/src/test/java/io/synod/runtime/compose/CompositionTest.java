package io.synod.runtime.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.ConfigurationException;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Module;
import io.synod.api.plugin.Plugins;
import io.synod.api.register.LocalAcceptor;
import io.synod.runtime.config.Catalog;
import io.synod.runtime.config.Inputs;
import io.synod.runtime.config.NodeConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CompositionTest {
  /** Never called: the modules are looked at, nothing is made. */
  private static final Rim UNUSED = (Rim) java.lang.reflect.Proxy.newProxyInstance(
      Rim.class.getClassLoader(), new Class<?>[] {Rim.class}, (proxy, method, arguments) -> {
        throw new UnsupportedOperationException(method.getName());
      });

  @Test
  void withoutTheModuleOfASlotNothingIsPutTogether() throws Exception {
    for (Class<?> left : List.of(
        ReconfigModule.class, RegisterModule.class, ConsensusModule.class, ElectionModule.class,
        BroadcastModule.class, TransportModule.class, StorageModule.class, QuorumModule.class)) {
      List<Module> modules = new ArrayList<>(modules());
      assertThat(modules.removeIf(left::isInstance)).isTrue();

      assertThatThrownBy(() -> Guice.createInjector(modules))
          .as(left.getSimpleName()).isInstanceOf(CreationException.class);
    }
  }

  @Test
  void aSlotShowsItsLayerAndNothingElse() throws Exception {
    var injector = Guice.createInjector(modules());

    assertThat(injector.getExistingBinding(com.google.inject.Key.get(LocalAcceptor.class)))
        .isNotNull();
    assertThatThrownBy(() -> injector.getInstance(Plugins.Register.class))
        .isInstanceOf(ConfigurationException.class);
  }

  private static List<Module> modules() throws Exception {
    NodeConfig config = NodeConfig.resolve(
        Catalog.discover(CompositionTest.class.getClassLoader(), List.of()),
        new Inputs(Optional.empty(), Map.of(
            "synod.node", "n1", "synod.members", "n1@localhost:1", "synod.storage", "memory",
            "synod.transport", "local"), Map.of()));
    return Composition.modules(config, UNUSED, new StorageModule());
  }
}
