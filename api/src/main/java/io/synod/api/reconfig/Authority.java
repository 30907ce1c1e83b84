package io.synod.api.reconfig;

import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.storage.DurableRecord;

/** Knows which configuration belongs to which era. Loop thread only. */
public interface Authority {
  /** The highest era known to be active. */
  Era active();

  /** The configuration of an era that is known; refuses an unknown one by number. */
  Configuration configuration(Era era);

  /** Replays a record, in order. Records of other layers are ignored. */
  void recover(DurableRecord record);
}
