package io.synod.testkit.sim;

import io.synod.api.model.Configuration;
import io.synod.api.model.QuorumSystem;
import io.synod.api.plugin.Plugin;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Quorums;
import io.synod.api.plugin.Setting;
import io.synod.api.plugin.Settings;
import io.synod.quorum.WinterPlugin;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A composition of a node: one option per slot, and settings. Immutable.
 *
 * @param name what reports call it
 * @param passive the scheme of the first acceptors, beside which the nodes have no vote;
 *     {@code none} if the nodes are the acceptors
 * @param otherQuorums makers of other quorums than the first ones, which a change may name
 */
public record Variant(
    String name, String passive, Plugins.Register register, Plugins.Consensus consensus,
    Plugins.Election election, Plugins.Broadcast broadcast, Plugins.Quorum quorum,
    Plugins.Reconfig reconfig, Function<String, Plugins.Quorum> otherQuorums, Settings settings) {

  /** A copy with a setting, given by its key and in its own type; refuses an unknown key. */
  public Variant with(String key, Object value) {
    Setting<?> setting = settingsOfPlugins()
        .filter(each -> each.key().equals(key))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(
            "no plugin of variant " + name + " has a setting " + key));
    return with(setting, value);
  }

  /** A copy with a setting. */
  public <T> Variant with(Setting<T> setting, Object value) {
    return new Variant(
        name, passive, register, consensus, election, broadcast, quorum, reconfig, otherQuorums,
        settings.with(setting, setting.type().cast(value)));
  }

  /** A copy with other settings, for all layers. */
  public Variant with(Settings other) {
    return new Variant(
        name, passive, register, consensus, election, broadcast, quorum, reconfig, otherQuorums,
        other);
  }

  /** The quorum system of a configuration; refuses one that nobody offers. */
  public QuorumSystem quorums(Configuration configuration) {
    return new Quorums(
        named -> named.equals(quorum.name()) ? quorum : otherQuorums.apply(named), settings)
        .apply(configuration);
  }

  /** Whether the first acceptors are no nodes. */
  boolean hasPassive() {
    return !passive.equals("none");
  }

  /** A copy with another register. */
  public Variant with(Plugins.Register other) {
    return new Variant(
        name, passive, other, consensus, election, broadcast, quorum, reconfig, otherQuorums,
        settings);
  }

  /** A copy with another proposer. */
  public Variant with(Plugins.Consensus other) {
    return new Variant(
        name, passive, register, other, election, broadcast, quorum, reconfig, otherQuorums,
        settings);
  }

  Variant with(Plugins.Election other) {
    return new Variant(
        name, passive, register, consensus, other, broadcast, quorum, reconfig, otherQuorums,
        settings);
  }

  /** A copy with another total order broadcast. */
  public Variant with(Plugins.Broadcast other) {
    return new Variant(
        name, passive, register, consensus, election, other, quorum, reconfig, otherQuorums,
        settings);
  }

  /** A copy with another authority over configurations. */
  public Variant with(Plugins.Reconfig other) {
    return new Variant(
        name, passive, register, consensus, election, broadcast, quorum, other, otherQuorums,
        settings);
  }

  /** A copy with another quorum system. */
  public Variant with(Plugins.Quorum other) {
    return new Variant(
        name, passive, register, consensus, election, broadcast, other, reconfig, otherQuorums,
        settings);
  }

  /** Whether half of the first nodes are auxiliaries (Cheap Paxos). */
  boolean hasAuxiliaries() {
    return quorum.name().equals("cheap");
  }

  /** Whether one acceptor may be the only one that has everything. */
  boolean mayHaveOneLeft() {
    return hasAuxiliaries() || reconfig.name().equals("master");
  }

  /** Whether nodes that crash are counted (winter). */
  boolean countsCrashes() {
    return quorum.name().equals(WinterPlugin.NAME);
  }

  /** Whether nodes keep atomic registers, over its quorums and settings, instead of a log. */
  boolean sharesMemory() {
    return name.equals(Variants.ABD);
  }

  private Stream<Setting<?>> settingsOfPlugins() {
    List<Plugin> plugins = List.of(register, consensus, election, broadcast, quorum, reconfig);
    return plugins.stream().flatMap(plugin -> plugin.settings().stream());
  }
}
