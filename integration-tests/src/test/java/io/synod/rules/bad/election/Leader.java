package io.synod.rules.bad.election;

/** What consensus may know through the api only. */
public final class Leader {}
