package io.synod.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.synod.api.model.NodeId;
import io.synod.api.plugin.Setting;
import io.synod.api.plugin.Slot;
import io.synod.api.transport.PeerAddress;
import io.synod.replication.ReplicationSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NodeConfigTest {
  private static final String GOOD = """
      synod.node = n1
      synod.members = n1@localhost:7371,n2@localhost:7372,n3@localhost:7373
      synod.data = /tmp/${synod.node}
      synod.transport = local
      """;

  @TempDir Path directory;

  private final Map<String, String> environment = new LinkedHashMap<>();
  private final Map<String, String> overrides = new LinkedHashMap<>();

  @Test
  void propertiesAreTypedAndTheRestHasItsDefault() throws Exception {
    NodeConfig config = resolve("c.properties", GOOD + """
        synod.replication.request-timeout = 1500ms
        synod.replication.max-command = 64K
        synod.storage.new-incarnation = true
        """);

    assertThat(config.node()).isEqualTo(NodeId.of("n1"));
    assertThat(config.cluster()).isEqualTo("synod");
    assertThat(config.listen()).isEqualTo(new PeerAddress("localhost", 7371));
    assertThat(config.founders().ids()).extracting(NodeId::name).containsExactly("n1", "n2", "n3");
    assertThat(config.data()).isEqualTo(Path.of("/tmp/n1"));
    assertThat(config.get(ReplicationSettings.REQUEST_TIMEOUT)).isEqualTo(Duration.ofMillis(1500));
    assertThat(config.get(ReplicationSettings.MAX_COMMAND)).isEqualTo(65_536);
    assertThat(config.get(ReplicationSettings.NEW_INCARNATION)).isTrue();
    assertThat(config.get(ReplicationSettings.MAX_WAITING)).isEqualTo(65_536);
  }

  @Test
  void membersMayHaveRolesAndQuorumsTheirParametersInEraZero() throws Exception {
    String aided = GOOD.replace("n3@localhost:7373", "n3@localhost:7373=auxiliary");
    NodeConfig cheap = resolve("c.properties", aided + "synod.variant = cheap\n");
    assertThat(cheap.founders().auxiliaries()).containsExactly(NodeId.of("n3"));
    assertThat(cheap.founders().quorum()).isEqualTo("cheap");
    NodeConfig flexible = resolve("c.properties", GOOD + """
        synod.quorum = flexible
        synod.quorum.write = 2
        """);
    assertThat(flexible.founders().quorum()).isEqualTo("flexible:write=2");
    assertThat(errors("c.properties", GOOD + "synod.variant = cheap\n")).anyMatch(error ->
        error.contains("synod.quorum = cheap needs auxiliaries")
            && error.contains("synod.members"));
    assertThat(errors("c.properties", aided)).anyMatch(error ->
        error.contains("has auxiliaries [n3], but synod.quorum = majority"));
  }

  @Test
  void yamlMayNestOrDotKeysAndListMembers() throws Exception {
    NodeConfig config = resolve("c.yaml", """
        synod:
          node: n2
          members:
            - n1@localhost:1
            - n2@localhost:2
          transport: local
          replication:
            max-waiting: 7
        synod.data: /tmp/x
        """);

    assertThat(config.listen()).isEqualTo(new PeerAddress("localhost", 2));
    assertThat(config.members()).hasSize(2);
    assertThat(config.data()).isEqualTo(Path.of("/tmp/x"));
    assertThat(config.get(ReplicationSettings.MAX_WAITING)).isEqualTo(7);
  }

  @Test
  void jsonMeansTheSame() throws Exception {
    NodeConfig config = resolve("c.json", """
        {"synod": {"node": "n1", "members": ["n1@localhost:1"], "transport": "local",
         "storage.new-incarnation": true},
         "synod.data": "/tmp/x", "synod.replication.max-waiting": 7}
        """);

    assertThat(config.node()).isEqualTo(NodeId.of("n1"));
    assertThat(config.get(ReplicationSettings.MAX_WAITING)).isEqualTo(7);
    assertThat(config.get(ReplicationSettings.NEW_INCARNATION)).isTrue();
  }

  @Test
  void theStrongerPlaceWinsAndIsRemembered() throws Exception {
    String file = GOOD + """
        synod.cluster = from-file
        synod.replication.max-waiting = 1
        synod.replication.max-command = 1K
        synod.variant = crash-stop
        """;
    environment.put("SYNOD_REPLICATION_MAX_WAITING", "2");
    environment.put("SYNOD_REPLICATION_MAX_COMMAND", "2K");
    overrides.put("synod.replication.max-command", "3K");

    NodeConfig config = resolve("c.properties", file);

    assertThat(config.cluster()).isEqualTo("from-file");
    assertThat(config.get(ReplicationSettings.MAX_WAITING)).isEqualTo(2);
    assertThat(config.get(ReplicationSettings.MAX_COMMAND)).isEqualTo(3 * 1024);
    assertThat(config.modules().get(Slot.STORAGE).name()).isEqualTo("memory");
    assertThat(config.modules().get(Slot.TRANSPORT).name()).isEqualTo("local");
    assertThat(origin(config, "synod.cluster")).isEqualTo(directory + "/c.properties:5");
    assertThat(origin(config, "synod.replication.max-waiting"))
        .isEqualTo("environment SYNOD_REPLICATION_MAX_WAITING");
    assertThat(origin(config, "synod.replication.max-command")).isEqualTo("-D");
    assertThat(origin(config, "synod.storage")).isEqualTo("variant crash-stop");
    assertThat(origin(config, "synod.runtime.spin")).isEqualTo("default");
  }

  @Test
  void aFileMayIncludeAnotherAndSayOtherwise() throws Exception {
    Files.writeString(directory.resolve("common.properties"), GOOD + "synod.cluster = common\n");

    NodeConfig config = resolve("c.properties", """
        include = common.properties
        includeOptional = nowhere.properties
        synod.node = n2
        """);

    assertThat(config.node()).isEqualTo(NodeId.of("n2"));
    assertThat(config.data()).isEqualTo(Path.of("/tmp/n2"));
    assertThat(config.cluster()).isEqualTo("common");
    assertThat(origin(config, "synod.cluster")).isEqualTo(directory + "/common.properties:5");
    assertThat(origin(config, "synod.node")).isEqualTo(directory + "/c.properties:3");
  }

  @Test
  void referencesSeeTheEffectiveValueEnvironmentAndSystem() throws Exception {
    environment.put("WHERE", "there");
    overrides.put("synod.node", "n3");

    NodeConfig config = resolve("c.properties", GOOD.replace(
        "/tmp/${synod.node}", "${sys:file.separator}${env:WHERE}/${synod.node}/${env:NO:-none}"));

    assertThat(config.data()).isEqualTo(Path.of("/there/n3/none"));
  }

  @Test
  void allErrorsAreToldTogether() {
    overrides.put("synod.runtime.spn", "1ms");
    List<String> errors = errors("c.properties", """
        synod.members = n1@localhost:7371,n2@localhost
        synod.consensu = fast
        synod.consensus = fsat
        synod.replication.max-waiting = many
        synod.replication.request-timeout = 10
        synod.replication.max-command = 1T
        synod.broadcast.window = 0
        synod.storage.new-incarnation = yes
        synod.transport = local
        synod.transport = local
        synod.variant = fal
        synod.cluster = ${env:NOT_THERE}
        """);

    String file = directory + "/c.properties:";
    assertThat(errors).containsExactlyInAnyOrder(
        "-D: synod.runtime.spn: unknown key; did you mean synod.runtime.spin?",
        file + "1: synod.members: expected host:port but found 'localhost'",
        file + "2: synod.consensu: unknown key; did you mean synod.consensus?",
        file + "3: synod.consensus: there is no option 'fsat'; known: classic, fast"
            + "; did you mean fast?",
        file + "4: synod.replication.max-waiting: 'many': expected a whole number",
        file + "5: synod.replication.request-timeout: '10': expected a duration with its unit us,"
            + " ms, s, m, h or d, such as 150ms",
        file + "6: synod.replication.max-command: '1T': expected a number of bytes, with K, M or G"
            + " if wanted, such as 64M",
        file + "7: synod.broadcast.window: '0' is out of range: expected 1 to 4096",
        file + "8: synod.storage.new-incarnation: 'yes': expected true or false",
        file + "10: synod.transport is given twice, first at " + file + "9",
        file + "11: synod.variant: 'fal' is out of range: expected fall | classic | cheap"
            + " | spring | summer | cas | leased | vertical | crash-stop | winter | abd"
            + "; did you mean fall?",
        file + "12: synod.cluster: '${env:NOT_THERE}': refers to ${env:NOT_THERE}, which is not"
            + " known; set it or give a default as in ${env:NOT_THERE:-value}",
        "synod.node: missing: give the id of this node, such as n1",
        "synod.data: missing: synod.storage = file needs a directory for its files");
  }

  static List<Arguments> illegalFiles() {
    return List.of(
        Arguments.of("c.yaml", "synod: {node: n1}\nsynod.node: n2",
            "c.yaml:2: synod.node is given twice"),
        Arguments.of("c.json", "{\"synod\": {\"node\": \"n1\", \"node\": \"n1\"}}",
            "c.json:1: synod.node is given twice"),
        Arguments.of("c.yaml", "synod: [", "c.yaml: cannot be read"),
        Arguments.of("c.json", "{\"synod\":", "c.json: cannot be read"),
        Arguments.of("c.properties", "include = gone.properties", "c.properties: cannot be read"),
        Arguments.of("c.toml", "synod.node = n1", "ends in .properties, .yaml, .yml or .json"));
  }

  @ParameterizedTest
  @MethodSource("illegalFiles")
  void filesThatAreNotLegal(String name, String content, String expected) {
    assertThat(errors(name, content)).anyMatch(error -> error.contains(expected));
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    BadConfiguration bad = catchThrowableOfType(BadConfiguration.class, () ->
        NodeConfig.resolve(catalog(), Inputs.of(directory.resolve("none.yaml"), Map.of())));

    assertThat(bad.errors().get(0)).startsWith(directory + "/none.yaml: there is no such");
  }

  @Test
  void aNodeThatIsNoMemberNeedsAnAddress() throws Exception {
    overrides.put("synod.node", "n9");
    assertThat(errors("c.properties", GOOD)).singleElement().asString()
        .contains("synod.node: n9 is not in synod.members [n1, n2, n3]").contains("synod.listen");

    overrides.put("synod.listen", "localhost:7379");
    assertThat(resolve("c.properties", GOOD).listen()).hasToString("localhost:7379");
  }

  @Test
  void membersOfOneIdOrOneAddressAreRefused() {
    assertThat(errors("c.properties", GOOD.replace("n3@localhost:7373", "n1@localhost:7")))
        .anyMatch(error -> error.endsWith("two members are named n1"));
    assertThat(errors("c.properties", GOOD.replace("7373", "7372")))
        .anyMatch(error -> error.endsWith("n2 and n3 have the same address localhost:7372"));
  }

  @Test
  void legalButPerhapsNotMeantIsAWarning() throws Exception {
    environment.put("SYNOD_NOD", "n1");
    overrides.put("synod.storage", "memory");

    assertThat(resolve("c.properties", GOOD).warnings())
        .anyMatch(w -> w.contains("SYNOD_NOD") && w.endsWith("did you mean SYNOD_NODE?"))
        .anyMatch(w -> w.contains("nothing survives a restart"));
  }

  @Test
  void everyKeyOfEveryVariantIsKnownAndEveryOptionIsThere() throws Exception {
    for (Variant variant : catalog().variants()) {
      assertThat(catalog().keys().keySet()).containsAll(variant.defaults().keySet());
      for (Slot slot : Slot.values()) {
        if (slot.isChosen() && slot != Slot.TRANSPORT) {
          assertThat(catalog().options(slot)).containsKey(variant.defaults().get(slot.key()));
        }
      }
    }
  }

  @Test
  void aMasterNeedsServersAndServersAMaster() throws Exception {
    overrides.put("synod.reconfig", "master");
    assertThat(errors("c.properties", GOOD)).singleElement().asString()
        .contains("synod.reconfig = master", "synod.master.servers is missing");
    assertThat(errors("c.properties", GOOD + "synod.master.servers = m1\n")).singleElement()
        .asString().contains("synod.master.servers", "'m1'");
    NodeConfig config = resolve(
        "c.properties", GOOD + "synod.quorum = all\nsynod.master.servers = m1:6371,m2:6371\n");
    assertThat(config.modules().get(Slot.RECONFIG).name()).isEqualTo("master");
    assertThat(config.warnings()).anyMatch(w -> w.contains("synod.election.confirm = majority"));
    overrides.put("synod.reconfig", "log");
    assertThat(errors("c.properties", GOOD + "synod.master.servers = m1:6371\n"))
        .singleElement().asString().contains("synod.master.servers", "synod.reconfig = log");
  }

  @Test
  void theClassicVariantForcesEveryDeliveryOneAfterTheOther() throws Exception {
    overrides.put("synod.variant", "classic");
    NodeConfig config = resolve("c.properties", GOOD);

    assertThat(config.modules().get(Slot.CONSENSUS).name()).isEqualTo("classic");
    assertThat(config.values())
        .anyMatch(v -> v.setting().key().equals("synod.broadcast.window") && v.text().equals("1"))
        .anyMatch(v -> v.setting().key().equals("synod.broadcast.forced-delivery")
            && v.text().equals("true"));
  }

  @Test
  void keysOfTheProgramAroundTheNodeStandInTheSameFile() throws Exception {
    Setting<Integer> port = Setting.integer("synod.resp.port", 6371, 1, 65_535, "the port");
    Path file = Files.writeString(directory.resolve("c.properties"), GOOD + "synod.resp.port=99\n");
    Catalog catalog = Catalog.discover(getClass().getClassLoader(), List.of(port));

    assertThat(NodeConfig.resolve(catalog, Inputs.of(file, Map.of())).get(port)).isEqualTo(99);
  }

  private NodeConfig resolve(String name, String content) throws BadConfiguration {
    try {
      Path file = Files.writeString(directory.resolve(name), content);
      return NodeConfig.resolve(
          catalog(), new Inputs(Optional.of(file), overrides, environment));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private List<String> errors(String name, String content) {
    return catchThrowableOfType(BadConfiguration.class, () -> resolve(name, content)).errors();
  }

  private static Catalog catalog() throws BadConfiguration {
    return Catalog.discover(NodeConfigTest.class.getClassLoader(), List.of());
  }

  private static String origin(NodeConfig config, String key) {
    return config.values().stream().filter(v -> v.setting().key().equals(key))
        .findFirst().orElseThrow().origin().toString();
  }
}
