package io.synod.runtime.config;

import java.util.List;

/** A configuration that cannot be run; holds every error found, not only the first. */
public final class BadConfiguration extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<String> errors;

  /** With at least one error, each one sentence that names the file and the key. */
  public BadConfiguration(List<String> errors) {
    super(String.join("\n", errors));
    this.errors = List.copyOf(errors);
  }

  /** Each error as one sentence. */
  public List<String> errors() {
    return errors == null ? List.of(getMessage().split("\n")) : errors;
  }
}
