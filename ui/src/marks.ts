// <k-marks>: marks the paragraphs of a support record by type. A mark is plain text at the head of a paragraph
// (【本人】…), so typing it does the same, and the server reads only the text. The same mark again takes it away.

import { marking, type Edit } from "./marking";

export class MarkBar extends HTMLElement {
  connectedCallback(): void {
    const box = this.querySelector("textarea");
    const buttons = [...this.querySelectorAll<HTMLButtonElement>("button[data-mark]")];
    if (!box) return;
    const marks = buttons.map((button) => button.dataset["mark"] ?? "");
    let composing = false;
    box.addEventListener("compositionstart", () => (composing = true));
    box.addEventListener("compositionend", () => (composing = false));
    const mark_paragraph = (mark: string): void => {
      if (!composing) apply(box, marking(box.value, box.selectionStart, mark, marks));
    };
    buttons.forEach((button, index) => button.addEventListener("click", () => mark_paragraph(marks[index] ?? "")));
    box.addEventListener("keydown", (event) => {
      if (event.isComposing || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      // The key, not the sign: Alt may change the sign, and a Japanese keyboard types full-width digits.
      const mark = /^Digit[1-9]$/.test(event.code) ? marks[Number(event.code.slice(5)) - 1] : undefined;
      if (mark === undefined) return;
      event.preventDefault();
      mark_paragraph(mark);
    });
    this.querySelector(".marks")?.removeAttribute("hidden");
  }
}

/** Changes the text as if typed, so that Ctrl+Z takes it back, and leaves the caret where it was in the words. */
function apply(box: HTMLTextAreaElement, edit: Edit): void {
  const caret = Math.max(box.selectionStart, edit.to) + edit.text.length - (edit.to - edit.from);
  box.focus();
  box.setSelectionRange(edit.from, edit.to);
  // Old, but the only way that goes into the undo history of every browser.
  const typed = edit.text === "" ? document.execCommand("delete") : document.execCommand("insertText", false, edit.text);
  if (!typed) {
    box.setRangeText(edit.text, edit.from, edit.to);
    box.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
  box.setSelectionRange(caret, caret);
}
