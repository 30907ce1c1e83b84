package io.synod.server.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * A table for people: columns as wide as their widest cell, numbers to the right. Single thread;
 * rows are printed in the order in which they were added.
 */
public final class Table {
  private static final String GAP = "  ";

  private final List<String> header;
  private final List<List<String>> rows = new ArrayList<>();

  /** With these column headings. */
  public Table(String... header) {
    this.header = List.of(header);
  }

  /** Adds a row; {@code null} cells show as a dash. Returns this table. */
  public Table row(Object... cells) {
    if (cells.length != header.size()) {
      throw new IllegalArgumentException(
          "a row of " + cells.length + " cells in a table of " + header.size() + " columns");
    }
    List<String> row = new ArrayList<>();
    for (Object cell : cells) {
      row.add(cell == null ? "-" : cell.toString());
    }
    rows.add(row);
    return this;
  }

  /** Prints heading, rule and rows. */
  public void print(PrintWriter out) {
    int[] widths = widths();
    out.println(line(header, widths));
    List<String> rule = new ArrayList<>();
    for (int width : widths) {
      rule.add("-".repeat(width));
    }
    out.println(String.join(GAP, rule));
    for (List<String> row : rows) {
      out.println(line(row, widths));
    }
    out.flush();
  }

  /** Prints the same as a Markdown table. */
  public void printMarkdown(PrintWriter out) {
    out.println("| " + String.join(" | ", header) + " |");
    out.println("|" + " --- |".repeat(header.size()));
    for (List<String> row : rows) {
      List<String> escaped = row.stream().map(cell -> cell.replace("|", "\\|")).toList();
      out.println("| " + String.join(" | ", escaped) + " |");
    }
    out.flush();
  }

  private int[] widths() {
    int[] widths = new int[header.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = header.get(i).length();
      for (List<String> row : rows) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return widths;
  }

  private static String line(List<String> cells, int[] widths) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = cells.get(i);
      String pad = " ".repeat(widths[i] - cell.length());
      text.append(i == 0 ? "" : GAP).append(isNumber(cell) ? pad + cell : cell + pad);
    }
    return text.toString().stripTrailing();
  }

  private static boolean isNumber(String cell) {
    return cell.chars().anyMatch(Character::isDigit)
        && cell.chars().allMatch(c -> Character.isDigit(c) || ",.-".indexOf(c) >= 0);
  }
}
