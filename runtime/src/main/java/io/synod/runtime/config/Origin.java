package io.synod.runtime.config;

/**
 * Where a value comes from.
 *
 * @param where the variant's name, the file and line, the name of the environment variable;
 *     empty for defaults and overrides
 */
public record Origin(Kind kind, String where) {
  /** Not given anywhere. */
  public static final Origin DEFAULT = new Origin(Kind.DEFAULT, "");

  /** The kinds of places, the weakest first. */
  public enum Kind {
    /** The setting's own default. */
    DEFAULT,
    /** The bundle of defaults that {@code synod.variant} names. */
    VARIANT,
    /** A configuration file. */
    FILE,
    /** An environment variable. */
    ENVIRONMENT,
    /** {@code -D key=value}, or set by the program. */
    OVERRIDE
  }

  @Override
  public String toString() {
    return switch (kind) {
      case DEFAULT -> "default";
      case VARIANT -> "variant " + where;
      case FILE -> where;
      case ENVIRONMENT -> "environment " + where;
      case OVERRIDE -> "-D";
    };
  }
}
