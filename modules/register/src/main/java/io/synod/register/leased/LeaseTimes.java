package io.synod.register.leased;

/** The times of a lease for writing, in nanoseconds of the own clock. */
public interface LeaseTimes {
  /** W: from the issue of a write to its last effect. What is not back by then may be late. */
  long write();

  /** How long a record is good for, from the issue of its write. */
  long term();

  /** Only while more than this is left of a term a write is issued. */
  long margin();

  /** How long after its return a claim is read again. */
  long settling();

  /** How long somebody else's record must have stood unchanged. */
  long expiry();
}
