package io.synod.runtime.config;

import io.synod.api.model.Member;
import io.synod.api.plugin.Plugin;
import io.synod.api.plugin.Plugins;
import java.util.Map;
import java.util.Optional;

/** What can be said of passive members before anything is opened. */
public final class PassiveMembers {
  private PassiveMembers() {}

  /**
   * Why no plugin could open this one, naming it; empty if one can try.
   *
   * @param schemes the plugins by the schemes they serve
   */
  public static Optional<String> flaw(Member member, Map<String, Plugin> schemes) {
    String scheme = member.acceptor().getScheme();
    if (!(schemes.get(scheme) instanceof Plugins.Passive plugin)) {
      return Optional.of("no passive acceptor has the scheme '" + scheme + "' of " + member.id()
          + " at " + member.place() + "; known: " + String.join(", ", schemes.keySet())
          + Nearest.hint(scheme, schemes.keySet()));
    }
    return plugin.flaw(member.acceptor())
        .map(flaw -> member.id() + " at " + member.place() + ": " + flaw);
  }
}
