// Where a paragraph's mark goes in the text of a support record.

export interface Edit {
  from: number;
  to: number;
  text: string;
}

/** What to change so that the paragraph around `caret` bears `mark`, or, where it bore it already, no longer does. */
export function marking(text: string, caret: number, mark: string, marks: readonly string[]): Edit {
  const from = caret === 0 ? 0 : text.lastIndexOf("\n", caret - 1) + 1;
  const old = marks.find((m) => text.startsWith(m, from)) ?? "";
  return { from, to: from + old.length, text: old === mark ? "" : mark };
}
