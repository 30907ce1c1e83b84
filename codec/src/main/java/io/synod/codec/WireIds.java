package io.synod.codec;

/**
 * The number of each type on the wire and in the journal. A number never changes its meaning:
 * a new type takes a free one of its family's range, a removed one is not used again. Numbers
 * up to 125 take one byte. Those below 16 are Kryo's own and never legal here.
 */
final class WireIds {
  // The register: 16 to 31.
  static final int PREPARE = 16;
  static final int PROMISE = 17;
  static final int ADOPT = 18;
  static final int STORED = 19;
  static final int ACCEPT = 20;
  static final int ACCEPTED = 21;
  static final int CONFIRM = 22;
  static final int CONFIRMED = 23;
  static final int NACK = 24;
  static final int LEASE = 25;
  static final int LEASED = 26;

  // The election: 32 to 39.
  static final int ALIVE = 32;
  static final int RECOVERED = 33;
  static final int LEASE_ASKED = 34;
  static final int LEASE_GRANTED = 35;
  static final int LEASE_RELEASED = 36;

  // Broadcast: 40 to 55.
  static final int DECIDED = 40;
  static final int PROGRESS = 41;
  static final int CATCH_UP = 42;
  static final int DECISIONS = 43;
  static final int SNAPSHOT_OFFER = 44;
  static final int FETCH_CHUNK = 45;
  static final int CHUNK = 46;

  // The replicated state machine: 56 to 63.
  static final int FORWARD = 56;
  static final int REFUSED = 57;
  static final int READ_INDEX = 58;
  static final int READ_INDEX_REPLY = 59;
  static final int LEASE_INDEX = 60;

  // Admission: 64, 65 and 71.
  static final int INTRODUCE = 64;
  static final int ACKNOWLEDGE = 65;
  static final int STORE_LOST = 71;

  // Reconfiguration: 66 to 70.
  static final int ERA_ACTIVE = 66;
  static final int ASK_CHANGE = 67;
  static final int CHANGE_NEWS = 68;

  // Clients: 72 to 95.
  static final int OPEN_SESSION = 72;
  static final int SESSION_OPENED = 73;
  static final int SUBMIT = 74;
  static final int RESULT = 75;
  static final int QUERY = 76;
  static final int QUERY_RESULT = 77;
  static final int REFUSAL = 78;
  static final int PING = 79;
  static final int PONG = 80;

  // The journal: 96 to 119.
  static final int BOOTED = 96;
  static final int PROMISED = 97;
  static final int VOTED = 98;
  static final int STORED_ONE_C = 99;
  static final int LEARNED = 100;
  static final int DECIDED_UP_TO = 101;
  static final int MET = 102;
  static final int ADMITTED = 103;
  static final int CHECKPOINT = 104;
  static final int DECIDED_IN = 105;
  static final int ACTIVATED = 106;
  static final int REGISTER_COPY = 107;
  static final int COPIES_FOLLOW = 108;

  // Atomic registers: 120 to 125.
  static final int READ = 120;
  static final int READ_ACK = 121;
  static final int WRITE = 122;
  static final int WRITE_ACK = 123;
  static final int COMPLETE = 124;

  private WireIds() {}
}
