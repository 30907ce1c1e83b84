package io.synod.rules.bad.register;

import java.io.IOException;
import java.io.InputStream;

final class OpensStream {
  int stream(InputStream in) throws IOException {
    return in.read();
  }
}
