package io.synod.server.local;

/** What nodes say about faults that are made on purpose would bury the output. */
public final class NodeLogs {
  private static final String LEVEL = "org.slf4j.simpleLogger.log.io.synod";

  private NodeLogs() {}

  /** Only errors, unless the level was given; has to come before the first node. */
  public static void errorsOnly() {
    if (System.getProperty(LEVEL) == null) {
      System.setProperty(LEVEL, "error");
    }
  }
}
