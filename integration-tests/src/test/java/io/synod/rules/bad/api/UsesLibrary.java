package io.synod.rules.bad.api;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

final class UsesLibrary {
  Logger library() {
    return LoggerFactory.getLogger("x");
  }
}
