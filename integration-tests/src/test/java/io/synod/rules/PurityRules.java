package io.synod.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What the algorithms may not touch, so that the same code runs under the simulator: the outside
 * world, time, chance, threads and hash order. They get all of these injected.
 */
final class PurityRules {
  private static final Set<String> SNAPSHOT_STREAMS =
      Set.of(
          "java.io.ByteArrayInputStream",
          "java.io.ByteArrayOutputStream",
          "java.io.DataInputStream",
          "java.io.DataOutputStream",
          "java.io.InputStream",
          "java.io.OutputStream",
          "java.io.IOException",
          "java.io.UncheckedIOException");

  /** The layers that read and write snapshots, or a value of several parts, as streams. */
  private static final List<String> SNAPSHOT_LAYERS =
      List.of("broadcast", "replication", "reconfig");

  private static final Set<String> HASH_ORDERED =
      Set.of(
          "java.util.HashMap",
          "java.util.HashSet",
          "java.util.Hashtable",
          "java.util.IdentityHashMap",
          "java.util.WeakHashMap");

  private static final String ALLOWED_CONCURRENT = "java.util.concurrent.TimeUnit";

  private final String root;

  PurityRules(String root) {
    this.root = root;
  }

  List<ArchRule> all() {
    return List.of(
        noInputOutput(),
        streamsForSnapshotsOnly(),
        noThreadsOrSystem(),
        noClock(),
        noChance(),
        noHashOrder(),
        noLogging(),
        noThreadStartsOutsideTheRim(),
        noMutableStatics());
  }

  ArchRule noInputOutput() {
    return noPure("no files, channels or sockets in the algorithms", this::isInputOutput);
  }

  ArchRule streamsForSnapshotsOnly() {
    return noClasses()
        .that()
        .resideInAnyPackage(packages(pure().filter(layer -> !SNAPSHOT_LAYERS.contains(layer))))
        .should()
        .dependOnClassesThat(nameIn("streams", SNAPSHOT_STREAMS))
        .because("streams are for snapshots and the value of a master, in " + SNAPSHOT_LAYERS)
        .allowEmptyShould(true);
  }

  ArchRule noThreadsOrSystem() {
    return noPure(
        "one loop runs the algorithms: no threads, locks or process in them",
        type -> {
          String name = type.getName();
          return name.startsWith("java.util.concurrent.") && !name.equals(ALLOWED_CONCURRENT)
              || name.matches("java\\.lang\\.(\\w*Thread\\w*|Process\\w*|Runtime)(\\$.*)?")
              || name.equals("java.util.Timer")
              || name.startsWith("org.agrona.concurrent.") && !name.endsWith(".UnsafeBuffer");
        });
  }

  ArchRule noClock() {
    return noPureAccess("time comes from the injected clock", PurityRules::readsSystem);
  }

  ArchRule noChance() {
    return noPureAccess("chance comes from the injected seed", PurityRules::drawsUnseeded);
  }

  ArchRule noHashOrder() {
    return noPureAccess("iteration order must repeat", PurityRules::hashOrdered)
        .as("no hash order in the algorithms: use LinkedHashMap, TreeMap, EnumMap or List");
  }

  ArchRule noLogging() {
    return noPure(
        "the transcript of inputs and effects is the log of the algorithms",
        type ->
            type.getPackageName()
                .matches(
                    "(org\\.slf4j|java\\.util\\.logging"
                        + "|org\\.apache\\.(log4j|logging|commons\\.logging)|ch\\.qos\\.logback"
                        + "|io\\.netty\\.util\\.internal\\.logging)(\\..*)?"));
  }

  ArchRule noThreadStartsOutsideTheRim() {
    Stream<String> others =
        Stream.of("api", "codec", "testkit.sim", "testkit.simulation", "testkit.simulator");
    String[] threadless = packages(Stream.concat(pure(), others));
    return noClasses()
        .that()
        .resideInAnyPackage(threadless)
        .should()
        .accessTargetWhere(access("starts a thread", PurityRules::startsThread))
        .because("only the runtime, the plugins, client and server start threads")
        .allowEmptyShould(true);
  }

  ArchRule noMutableStatics() {
    return noFields()
        .that()
        .areDeclaredInClassesThat()
        .resideInAPackage(root + "..")
        .and()
        .doNotHaveModifier(JavaModifier.SYNTHETIC)
        .and()
        .areStatic()
        .should()
        .notBeFinal()
        .because("two nodes must fit into one JVM")
        .allowEmptyShould(true);
  }

  private boolean isInputOutput(JavaClass type) {
    String name = type.getName();
    return name.startsWith("java.io.")
            && !SNAPSHOT_STREAMS.contains(name)
            && !name.equals("java.io.Serializable")
        || name.matches("java\\.nio\\.(file|channels)\\..*")
        // An acceptor's address is a URI: a value, no socket.
        || name.startsWith("java.net.") && !name.matches("java\\.net\\.URI(SyntaxException)?")
        || name.startsWith("java.sql.")
        || name.startsWith("javax.net.");
  }

  private static boolean readsSystem(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    String name = access.getName();
    return owner.equals("java.lang.System") && !name.equals("arraycopy")
        || owner.startsWith("java.time.")
            && name.matches("now|system\\w*|tick(Millis|Minutes|Seconds)")
        || owner.equals("java.util.Date") && isBareConstructor(access);
  }

  private static boolean drawsUnseeded(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    String name = access.getName();
    return owner.matches("java\\.util\\.(Random|SplittableRandom)") && isBareConstructor(access)
        || owner.matches("java\\.util\\.random\\..*") && name.matches("of|getDefault|create")
        || owner.matches("java\\.util\\.concurrent\\.ThreadLocalRandom|java\\.security\\..*")
        || owner.matches("java\\.lang\\.(Strict)?Math") && name.equals("random")
        || owner.equals("java.util.UUID") && name.equals("randomUUID")
        || owner.equals("java.util.Collections")
            && name.equals("shuffle")
            && access.getTarget().getFullName().endsWith("(java.util.List)");
  }

  private static boolean hashOrdered(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    String name = access.getName();
    return HASH_ORDERED.contains(owner)
        || owner.matches("java\\.util\\.(Set|Map)") && name.matches("of|ofEntries|copyOf")
        || owner.equals("java.util.stream.Collectors") && usesHashCollector(access)
        || owner.startsWith("java.util.") && name.matches("parallel|parallelStream");
  }

  private static boolean usesHashCollector(JavaAccess<?> access) {
    String suppliesMap = "java.util.function.Supplier";
    return access.getName().matches("toSet|toUnmodifiable(Set|Map)|toConcurrentMap")
        || access.getName().matches("toMap|groupingBy(Concurrent)?")
            && !access.getTarget().getFullName().contains(suppliesMap);
  }

  private static boolean startsThread(JavaAccess<?> access) {
    JavaClass owner = access.getTargetOwner();
    String name = access.getName();
    String pool = "java\\.util\\.concurrent\\.(Executors|ForkJoinPool|\\w*Executor)";
    return owner.isAssignableTo(Thread.class) && name.matches("<init>|start|startVirtualThread")
        || owner.getName().matches(pool)
            && !owner.isInterface()
        || owner.getName().equals("java.util.concurrent.CompletableFuture")
            && name.endsWith("Async")
            && !access.getTarget().getFullName().contains("java.util.concurrent.Executor")
        || owner.getName().equals("java.util.Timer");
  }

  private static boolean isBareConstructor(JavaAccess<?> access) {
    return access.getTarget().getFullName().endsWith("<init>()");
  }

  private ArchRule noPure(String because, Predicate<JavaClass> forbidden) {
    return noClasses()
        .that()
        .resideInAnyPackage(packages(pure()))
        .should()
        .dependOnClassesThat(DescribedPredicate.describe("are forbidden there", forbidden))
        .because(because)
        .allowEmptyShould(true);
  }

  private ArchRule noPureAccess(
      String because, Predicate<JavaAccess<?>> forbidden) {
    return noClasses()
        .that()
        .resideInAnyPackage(packages(pure()))
        .should()
        .accessTargetWhere(access("is forbidden there", forbidden))
        .because(because)
        .allowEmptyShould(true);
  }

  private static DescribedPredicate<JavaAccess<?>> access(
      String description, Predicate<JavaAccess<?>> forbidden) {
    return DescribedPredicate.describe(description, forbidden);
  }

  private static DescribedPredicate<JavaClass> nameIn(String description, Set<String> names) {
    return DescribedPredicate.describe(description, type -> names.contains(type.getName()));
  }

  private static Stream<String> pure() {
    return LayerRules.LAYERS.keySet().stream();
  }

  private String[] packages(Stream<String> modules) {
    return modules.map(module -> root + "." + module + "..").toArray(String[]::new);
  }
}
