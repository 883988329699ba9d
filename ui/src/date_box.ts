// <k-date>: shows beside a date box what was understood, in 和暦 and 西暦.
import { read_date, words_of } from "./wareki";

export class DateBox extends HTMLElement {
  connectedCallback(): void {
    const input = this.querySelector("input");
    const output = this.querySelector("output");
    if (!input || !output) return;
    const show = (finished: boolean): void => {
      const date = read_date(input.value);
      const whole = date !== null && (date.day !== undefined || this.hasAttribute("data-partial"));
      // While typing, a date that is not whole yet is no fault; say nothing until the box is left.
      const doubt = finished && !whole && input.value.trim() !== "";
      output.textContent = whole ? words_of(date) : doubt ? "日付として読めません。" : "";
      output.className = doubt ? "date-doubt" : "";
    };
    input.addEventListener("input", (event) => {
      if (!(event as InputEvent).isComposing) show(false);
    });
    input.addEventListener("compositionend", () => show(false));
    input.addEventListener("change", () => show(true));
    show(false);
  }
}
