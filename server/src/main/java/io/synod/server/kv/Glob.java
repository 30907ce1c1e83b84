package io.synod.server.kv;

/**
 * A pattern as Redis has it: {@code *}, {@code ?}, {@code [abc]}, {@code [^a-z]}, and a backslash
 * before a character that stands for itself. Matching takes at most pattern times text steps,
 * whatever the pattern.
 */
final class Glob {
  static final Glob ANY = new Glob(new byte[] {'*'});

  private final byte[] pattern;

  Glob(byte[] pattern) {
    this.pattern = pattern;
  }

  /** Whether all of {@code text} matches. On a mismatch only the last star is tried again. */
  boolean matches(byte[] text) {
    int p = 0;
    int t = 0;
    int star = -1;
    int starText = 0;
    while (t < text.length) {
      if (p < pattern.length && pattern[p] == '*') {
        star = p++;
        starText = t;
      } else if (p < pattern.length && matchesOne(p, text[t])) {
        p = after(p);
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++starText;
      } else {
        return false;
      }
    }
    while (p < pattern.length && pattern[p] == '*') {
      p++;
    }
    return p == pattern.length;
  }

  private boolean matchesOne(int p, byte c) {
    return switch (pattern[p]) {
      case '?' -> true;
      case '[' -> inClass(p, c);
      case '\\' -> p + 1 < pattern.length ? pattern[p + 1] == c : c == '\\';
      default -> pattern[p] == c;
    };
  }

  /** The position after the element at {@code p}. */
  private int after(int p) {
    if (pattern[p] == '\\') {
      return Math.min(p + 2, pattern.length);
    }
    return pattern[p] == '[' ? Math.min(classEnd(p) + 1, pattern.length) : p + 1;
  }

  private int classEnd(int p) {
    int i = p + 1;
    while (i < pattern.length && pattern[i] != ']') {
      i += pattern[i] == '\\' ? 2 : 1;
    }
    return i;
  }

  private boolean inClass(int p, byte c) {
    int end = Math.min(classEnd(p), pattern.length);
    int i = p + 1;
    boolean negated = i < end && pattern[i] == '^';
    i += negated ? 1 : 0;
    boolean found = false;
    while (i < end) {
      i += pattern[i] == '\\' && i + 1 < end ? 1 : 0;
      int low = pattern[i] & 0xff;
      int high = low;
      if (i + 2 < end && pattern[i + 1] == '-') {
        high = pattern[i + 2] & 0xff;
        i += 2;
      }
      i++;
      int value = c & 0xff;
      found |= value >= Math.min(low, high) && value <= Math.max(low, high);
    }
    return found != negated;
  }
}
