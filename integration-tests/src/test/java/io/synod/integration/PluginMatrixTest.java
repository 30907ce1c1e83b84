package io.synod.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.synod.api.model.InstanceId;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Settings;
import io.synod.api.plugin.Slot;
import io.synod.api.replication.Outcome;
import io.synod.api.replication.ReadMode;
import io.synod.api.replication.ReadOutcome;
import io.synod.client.ClientSettings;
import io.synod.client.SynodClient;
import io.synod.runtime.config.BadConfiguration;
import io.synod.runtime.config.Catalog;
import io.synod.runtime.config.Inputs;
import io.synod.runtime.config.NodeConfig;
import io.synod.runtime.config.Variant;
import io.synod.server.local.LocalCluster;
import io.synod.server.local.MasterGroup;
import io.synod.server.local.SynodStarter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Variants with a log, storages and transports go with each other, and nothing but the
 * configuration differs: three nodes take commands, and with durable storage find them again after
 * all were stopped.
 *
 * <p>Of the legal combinations those are run that bring every two options together at least once
 * (all of fall's, and for every other variant each storage and each transport): all of them would
 * take minutes on two cores, and each plugin passes its contract by itself.
 */
class PluginMatrixTest {
  private static final int SIZE = 3;
  private static final int COMMANDS = 20;
  private static final String MASTERS = "synod.master.servers";

  @TempDir
  static Path mastersDirectory;
  private static MasterGroup masters;
  @TempDir
  Path directory;

  /** One cell. */
  record Combination(String variant, String storage, String transport) {
    Map<String, String> keys() {
      Map<String, String> keys = new LinkedHashMap<>();
      keys.put("synod.variant", variant);
      keys.put(Slot.STORAGE.key(), storage);
      keys.put(Slot.TRANSPORT.key(), transport);
      return keys;
    }
  }

  private static Catalog catalog() throws BadConfiguration {
    return Catalog.discover(PluginMatrixTest.class.getClassLoader(), List.of());
  }

  /** Those with a log; abd has none to submit to, and is started otherwise. */
  private static List<Variant> variants(Catalog catalog) {
    return catalog.variants().stream().filter(v -> !v.name().equals(Variant.ABD)).toList();
  }

  private static List<Combination> all(Catalog catalog) {
    List<Combination> all = new ArrayList<>();
    for (Variant variant : variants(catalog)) {
      for (String storage : catalog.options(Slot.STORAGE).keySet()) {
        for (String transport : catalog.options(Slot.TRANSPORT).keySet()) {
          all.add(new Combination(variant.name(), storage, transport));
        }
      }
    }
    return all;
  }

  /** Why the combination is refused; empty if it is legal. */
  private static List<String> refusal(Catalog catalog, Combination combination) {
    Map<String, String> keys = combination.keys();
    keys.put("synod.node", "n1");
    keys.put("synod.members", "n1@h:1,n2@h:2,n3@h:3"
        + switch (combination.variant) {
          case "cheap" -> "=auxiliary";
          case "summer" -> ",d1@disk:///d1";
          case "cas" -> ",d1@jdbc:h2:/d1";
          case "leased" -> ",d1@leased:///d1";
          default -> "";
        });
    keys.put("synod.data", "somewhere");
    if (combination.variant.equals("vertical")) {
      keys.put(MASTERS, "h:4");
    }
    try {
      NodeConfig.resolve(catalog, Inputs.of(keys));
      return List.of();
    } catch (BadConfiguration e) {
      return e.errors();
    }
  }

  @Test
  void onlyWinterWithDurableStorageIsRefusedByBothKeys() throws BadConfiguration {
    Catalog catalog = catalog();
    for (Combination combination : all(catalog)) {
      boolean durable = ((Plugins.StoragePlugin) catalog.options(Slot.STORAGE)
          .get(combination.storage)).durable();
      List<String> refusal = refusal(catalog, combination);
      if (combination.variant.equals("winter") && durable) {
        assertThat(refusal).as("%s", combination).singleElement().asString()
            .contains(Slot.QUORUM.key()).contains(Slot.STORAGE.key() + " = ");
      } else {
        assertThat(refusal).as("%s", combination).isEmpty();
      }
    }
  }

  static Stream<Combination> legalPairs() throws BadConfiguration {
    Catalog catalog = catalog();
    List<String> variants = variants(catalog).stream().map(Variant::name).toList();
    List<String> storages = List.copyOf(catalog.options(Slot.STORAGE).keySet());
    List<String> transports = List.copyOf(catalog.options(Slot.TRANSPORT).keySet());
    return all(catalog).stream()
        .filter(c -> refusal(catalog, c).isEmpty())
        .filter(c -> c.variant.equals(Variant.DEFAULT) || c.variant.equals("winter")
            || (variants.indexOf(c.variant) + storages.indexOf(c.storage)
                + transports.indexOf(c.transport)) % storages.size() == 0);
  }

  @BeforeAll
  static void startMasters() throws InterruptedException {
    masters = MasterGroup.start(mastersDirectory, new SynodStarter());
  }

  @AfterAll
  static void stopMasters() {
    masters.close();
  }

  @ParameterizedTest
  @MethodSource("legalPairs")
  void takesCommandsAndKeepsWhatItSaysItKeeps(Combination combination) throws Exception {
    Map<String, String> keys = combination.keys();
    keys.put("synod.transport.shm.directory", directory.resolve("shm").toString());
    if (combination.variant.equals("vertical")) {
      keys.put(MASTERS, masters.servers());
    }
    String name = String.join("-", keys.values().stream().limit(SIZE).toList());
    try (LocalCluster cluster = new LocalCluster(
        name, SIZE, 0, directory, keys, () -> new Chronicle(""), new SynodStarter())) {
      cluster.start();
      try (SynodClient client = client(name, combination, cluster)) {
        submit(client, 0);
        long expected = COMMANDS;
        if (survivesARestartOfAll(combination)) {
          for (int i = 0; i < SIZE; i++) {
            cluster.stop(i);
          }
          cluster.start();
          submit(client, expected);
          expected += COMMANDS;
        }
        awaitAgreement(cluster, expected);
      }
    }
  }

  /** Durable storage alone is not enough: the acceptors of crash-stop do not use it. */
  private static boolean survivesARestartOfAll(Combination combination)
      throws BadConfiguration {
    Catalog catalog = catalog();
    Variant variant = catalog.variants().stream()
        .filter(v -> v.name().equals(combination.variant)).findFirst().orElseThrow();
    Plugins.Register register = (Plugins.Register) catalog.options(Slot.REGISTER)
        .get(variant.defaults().get(Slot.REGISTER.key()));
    return register.stable() && ((Plugins.StoragePlugin) catalog.options(Slot.STORAGE)
        .get(combination.storage)).durable();
  }

  private static SynodClient client(
      String name, Combination combination, LocalCluster cluster) {
    return SynodClient.builder(name).nodes(cluster.addresses()).transport(combination.transport)
        .settings(Settings.DEFAULTS.with(ClientSettings.REQUEST_TIMEOUT, Child.PATIENCE))
        .build();
  }

  private static void submit(SynodClient client, long first) {
    List<CompletableFuture<Outcome>> answers = new ArrayList<>();
    for (long i = first; i < first + COMMANDS; i++) {
      answers.add(client.submit(Chronicle.command("c", i, 0)).toCompletableFuture());
    }
    assertThat(answers).allSatisfy(answer -> assertThat(answer).succeedsWithin(Child.PATIENCE)
        .isInstanceOf(Outcome.Applied.class));
  }

  /** Every node that keeps a state has all, once each and in one order. */
  private static void awaitAgreement(LocalCluster cluster, long expected) {
    await().atMost(Child.PATIENCE).ignoreExceptions().untilAsserted(() -> {
      Chronicle.Account first = heldBy(cluster, 0);
      assertThat(first.distinct()).isEqualTo(expected);
      assertThat(first.applied()).isEqualTo(expected);
      for (int i = 1; i < SIZE; i++) {
        assertThat(cluster.isAuxiliary(i) ? first : heldBy(cluster, i)).isEqualTo(first);
      }
    });
  }

  private static Chronicle.Account heldBy(LocalCluster cluster, int index) throws Exception {
    ReadOutcome read = cluster.node(index).read(ReadMode.STALE, InstanceId.NONE, new byte[0])
        .toCompletableFuture().get(Child.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    return Chronicle.Account.of(((ReadOutcome.Answer) read).result());
  }
}
