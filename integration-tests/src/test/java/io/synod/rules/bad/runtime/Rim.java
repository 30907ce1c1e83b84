package io.synod.rules.bad.runtime;

/** Stands for everything above the layers. */
public final class Rim {}
