package io.synod.server.admin;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;

/** A whole request; the URI is as it came. */
record AdminRequest(HttpMethod method, String uri, byte[] body) {
  String path() {
    return new QueryStringDecoder(uri).path();
  }

  /** The query parameter of that name; an IllegalArgumentException unless it is there once. */
  String parameter(String name) {
    List<String> values = new QueryStringDecoder(uri).parameters().getOrDefault(name, List.of());
    if (values.size() != 1) {
      throw new IllegalArgumentException(
          "expected one parameter '" + name + "', as in " + path() + "?" + name + "=n2");
    }
    return values.get(0);
  }
}
