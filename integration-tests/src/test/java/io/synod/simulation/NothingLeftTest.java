package io.synod.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.synod.testkit.sim.Simulation;
import io.synod.testkit.sim.Variants;
import java.lang.management.ManagementFactory;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** Nothing lives from seed to seed: thousands of them run in one JVM. */
class NothingLeftTest {
  private static final Pattern OWN =
      Pattern.compile("^ *\\d+: +(\\d+) +\\d+ +(?:\\[+L)?io\\.synod\\.", Pattern.MULTILINE);
  private static final int SEEDS = 1000;

  @Test
  void aThousandSeedsLeaveNoObjectBehind() throws JMException {
    run(1, 100);
    long before = liveObjects();
    run(101, SEEDS);
    assertThat(liveObjects() - before)
        .as("objects of this project more than before these %s seeds", SEEDS)
        .isLessThan(SEEDS / 4);
  }

  private static void run(long first, int count) {
    Variants variants = new Variants();
    for (long seed = first; seed < first + count; seed++) {
      String name = Variants.names().get((int) (seed % Variants.names().size()));
      Simulation.of(variants.named(name)).seed(seed).nodes(3).seconds(0.1).load(1, 100).run();
    }
  }

  /** Counted by the JVM after a full collection. */
  private static long liveObjects() throws JMException {
    String histogram = (String) ManagementFactory.getPlatformMBeanServer().invoke(
        new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram",
        new Object[] {new String[0]}, new String[] {String[].class.getName()});
    Matcher line = OWN.matcher(histogram);
    long objects = 0;
    while (line.find()) {
      objects += Long.parseLong(line.group(1));
    }
    assertThat(objects).as("the histogram names objects of this project").isPositive();
    return objects;
  }
}
