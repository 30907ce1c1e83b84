package io.synod.reconfig.master;

import io.synod.api.plugin.Setting;
import io.synod.api.transport.PeerAddress;
import java.util.Arrays;
import java.util.List;

/** Keys of the configuration master. */
public final class MasterSettings {
  /** Where the master's group takes commands. */
  public static final Setting<String> SERVERS = Setting.text(
      "synod.master.servers", "",
      "RESP ports host:port,… of the group that keeps configurations; required by"
          + " synod.reconfig = master");

  /** Under which key. */
  public static final Setting<String> KEY = Setting.text(
      "synod.master.key", "",
      "the key that holds them at synod.master.servers; default: synod.master. and the name of"
          + " the cluster");

  private MasterSettings() {}

  /** The addresses in a value of {@link #SERVERS}; refuses anything else. */
  public static List<PeerAddress> servers(String value) {
    return Arrays.stream(value.split(",", -1)).map(String::trim).map(PeerAddress::parse).toList();
  }

  /** All of them. */
  public static List<Setting<?>> all() {
    return List.of(SERVERS, KEY);
  }
}
