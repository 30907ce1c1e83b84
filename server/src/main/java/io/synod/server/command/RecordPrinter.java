package io.synod.server.command;

import io.synod.api.model.InstanceId;
import io.synod.api.model.Value;
import io.synod.api.storage.DurableRecord;
import io.synod.api.transport.MessageCodec;
import io.synod.codec.KryoCodec;
import io.synod.storage.file.JournalInspector;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.util.List;

/** Prints each record of a journal on a line. */
final class RecordPrinter implements JournalInspector.Visitor {
  private static final int LONGEST = 300;

  private final PrintWriter out;
  private final PrintWriter err;
  private final MessageCodec codec = new KryoCodec();

  RecordPrinter(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public void record(JournalInspector.Entry entry, ByteBuffer bytes) {
    String text;
    try {
      text = describe(codec.decodeRecord(bytes));
    } catch (MessageCodec.MalformedException e) {
      text = "cannot be read by this version: " + e.getMessage();
    }
    out.println(entry.position() + " " + entry.file().getFileName() + "+" + entry.offset() + " "
        + entry.length() + "B " + text);
  }

  @Override
  public void damaged(JournalInspector.Damaged place) {
    out.flush();
    err.println("synod: " + LogCommand.where(place));
    err.flush();
  }

  private static String describe(DurableRecord record) {
    if (record instanceof DurableRecord.Voted voted) {
      return "Voted ballot=" + voted.ballot() + " " + range(voted.first(), voted.values());
    } else if (record instanceof DurableRecord.Learned learned) {
      return "Learned " + range(learned.first(), learned.values());
    }
    String text = record.toString();
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  private static String range(InstanceId first, List<Value> values) {
    long bytes = values.stream().mapToLong(Value::size).sum();
    return "instances=" + first + ".." + first.plus(values.size() - 1L) + " bytes=" + bytes;
  }
}
