package io.synod.consensus.rounds;

import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.message.Message;
import io.synod.api.message.RegisterMessage.Accept;
import io.synod.api.message.RegisterMessage.Accepted;
import io.synod.api.message.RegisterMessage.Adopt;
import io.synod.api.message.RegisterMessage.Prepare;
import io.synod.api.message.RegisterMessage.Promise;
import io.synod.api.message.RegisterMessage.Stored;
import io.synod.api.model.OneC;
import io.synod.api.model.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What is sent in a run, one message delay after the other, as a text that people can read; {@code
 * -Drewrite=true} records the texts anew.
 */
final class Transcript {
  private static final Path TEXTS = Path.of("src", "test", "resources", "transcripts");

  private final List<String> lines = new ArrayList<>();

  void line(String line) {
    lines.add(line);
  }

  /** What the run does next. */
  void heading(String what) {
    lines.add("# " + what);
  }

  /** Messages that arrived together. */
  void delay(List<World.Sent> taken) {
    taken.forEach(sent ->
        lines.add(sent.from() + " -> " + sent.to() + "  " + text(sent.message())));
    lines.add("--");
  }

  private static String text(Message message) {
    if (message instanceof Prepare m) {
      return "1a " + m.ballot() + " from " + m.from();
    } else if (message instanceof Promise m) {
      return "1b " + m.ballot() + " with " + m.votes().size() + " votes";
    } else if (message instanceof Adopt m) {
      return "1c " + m.ballot() + " from " + m.oneC().low() + " window "
          + tags(m.oneC().window()) + era(m.oneC());
    } else if (message instanceof Stored m) {
      return "stored " + m.ballot();
    } else if (message instanceof Accept m) {
      return "2a " + m.ballot() + " at " + m.first() + " " + tags(m.values()) + " decided "
          + m.decided();
    } else if (message instanceof Accepted m) {
      return "2b " + m.ballot() + " up to " + m.upTo();
    }
    return message.toString();
  }

  private static List<String> tags(List<Value> values) {
    return values.stream().map(FakeRegister::tag).toList();
  }

  private static String era(OneC oneC) {
    return oneC.era().number() == 0 ? ""
        : " in era " + oneC.era() + " of " + oneC.configuration().acceptors();
  }

  void isAsIn(String name) throws IOException {
    Path text = TEXTS.resolve(name);
    if (Boolean.getBoolean("rewrite")) {
      Files.createDirectories(TEXTS);
      Files.write(text, lines);
    }
    assertThat(lines).isEqualTo(Files.readAllLines(text));
  }
}
