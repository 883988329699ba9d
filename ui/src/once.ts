// Keeps a double click from posting a form twice. The server would not do it twice either (command_id); this spares
// the person the doubt.

const time_until_another_try = 20_000;

function set_busy(form: HTMLFormElement, busy: boolean): void {
  form.toggleAttribute("data-sent", busy);
  for (const button of form.querySelectorAll("button[type=submit]")) {
    // Not disabled: a disabled button would lose the focus, and its own name and value would not be posted.
    if (busy) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
  }
}

export function guard_against_repeats(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.method !== "post" || event.defaultPrevented) return;
    if (form.hasAttribute("data-sent")) {
      event.preventDefault();
      return;
    }
    set_busy(form, true);
    window.setTimeout(() => set_busy(form, false), time_until_another_try);
  });
  // Back to a page that the browser kept: its forms may be sent again.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll<HTMLFormElement>("form[data-sent]").forEach((form) => set_busy(form, false));
  });
}
