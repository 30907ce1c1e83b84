package io.synod.rules.bad.register;

import org.slf4j.LoggerFactory;

final class Logs {
  void log() {
    LoggerFactory.getLogger(Logs.class).info("x");
  }
}
