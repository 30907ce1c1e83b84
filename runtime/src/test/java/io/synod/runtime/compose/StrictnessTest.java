package io.synod.runtime.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.AbstractModule;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.PrivateModule;
import com.google.inject.Provides;
import org.junit.jupiter.api.Test;

class StrictnessTest {
  /** Guice would make one by itself, were it not told otherwise. */
  static class Unbound {}

  /** Has no constructor marked for injection. */
  static class NotMarked {}

  interface Shown {}

  @Test
  void aMissingBindingIsRefusedAlsoInsideAPrivateModule() {
    PrivateModule module = new PrivateModule() {
      @Override
      protected void configure() {
        expose(Shown.class);
      }

      @Provides
      Shown shown(Unbound unbound) {
        assertThat(unbound).isNotNull();
        return new Shown() {};
      }
    };

    assertThatThrownBy(() -> Guice.createInjector(new StrictModule(), module))
        .isInstanceOf(CreationException.class).hasMessageContaining("Unbound");
  }

  @Test
  void aConstructorThatIsNotMarkedIsRefused() {
    AbstractModule module = new AbstractModule() {
      @Override
      protected void configure() {
        bind(NotMarked.class);
      }
    };

    assertThatThrownBy(() -> Guice.createInjector(new StrictModule(), module))
        .isInstanceOf(CreationException.class).hasMessageContaining("NotMarked");
  }
}
