package io.synod.runtime.compose;

import com.google.inject.AbstractModule;

/** Nothing is bound by accident: Guice refuses whatever no module states. */
final class StrictModule extends AbstractModule {
  @Override
  protected void configure() {
    binder().requireExplicitBindings();
    binder().requireAtInjectOnConstructors();
    binder().requireExactBindingAnnotations();
    binder().disableCircularProxies();
  }
}
