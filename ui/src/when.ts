// <k-when data-name data-value>: a field that is asked only after a certain answer. Hidden, never emptied: whoever
// changes the answer back finds what was typed. The server leaves out what was not asked.

export class DependentField extends HTMLElement {
  connectedCallback(): void {
    this.querySelector(".when-note")?.setAttribute("hidden", "");
    this.closest("form")?.addEventListener("change", () => update_dependent_fields(this.closest("form")!));
  }

  /** Whether the answer that it hangs on is given, by a control that is itself asked. */
  is_asked(): boolean {
    const name = this.dataset["name"] ?? "";
    const controls = this.closest("form")?.querySelectorAll<HTMLInputElement | HTMLSelectElement>(`[name="${CSS.escape(name)}"]`) ?? [];
    for (const control of controls) {
      if (control.closest("k-when[hidden]")) continue;
      const tickable = control instanceof HTMLInputElement && (control.type === "radio" || control.type === "checkbox");
      if (control.value === this.dataset["value"] && (!tickable || control.checked)) return true;
    }
    return false;
  }
}

/** In the order of the page, as one may hang on another before it. */
export function update_dependent_fields(within: ParentNode): void {
  for (const field of within.querySelectorAll<DependentField>("k-when")) field.hidden = !field.is_asked();
}
