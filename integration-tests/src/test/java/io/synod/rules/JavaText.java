package io.synod.rules;

/** Java source with its comments and the insides of its literals blanked, line by line in place. */
final class JavaText {
  private final String source;
  private final StringBuilder code;
  private int at;

  private JavaText(String source) {
    this.source = source;
    this.code = new StringBuilder(source.length());
  }

  static String codeOnly(String source) {
    JavaText text = new JavaText(source);
    while (text.at < source.length()) {
      text.step();
    }
    return text.code.toString();
  }

  private void step() {
    if (source.startsWith("//", at)) {
      blankTo(endOf("\n", at + 2));
    } else if (source.startsWith("/*", at)) {
      blankTo(after("*/", at + 2));
    } else if (source.startsWith("\"\"\"", at)) {
      literal("\"\"\"");
    } else if (source.charAt(at) == '"') {
      literal("\"");
    } else if (source.charAt(at) == '\'') {
      literal("'");
    } else {
      code.append(source.charAt(at++));
    }
  }

  /** Keeps the quotes, so that a rule still sees that an argument stands there. */
  private void literal(String quote) {
    code.append(quote);
    at += quote.length();
    while (at < source.length() && !source.startsWith(quote, at)) {
      blankTo(at + (source.charAt(at) == '\\' ? 2 : 1));
    }
    if (at < source.length()) {
      code.append(quote);
      at += quote.length();
    }
  }

  private void blankTo(int end) {
    for (; at < Math.min(end, source.length()); at++) {
      code.append(source.charAt(at) == '\n' ? '\n' : ' ');
    }
  }

  private int endOf(String mark, int from) {
    int found = source.indexOf(mark, from);
    return found < 0 ? source.length() : found;
  }

  private int after(String mark, int from) {
    int found = source.indexOf(mark, from);
    return found < 0 ? source.length() : found + mark.length();
  }
}
