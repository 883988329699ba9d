// Folding parts: open as one left them when one comes back or reloads, opened by links into them, and on paper.
// What is open is kept with the entry of the tab's history, which ends with the tab; nothing is stored.

type OpenParts = Record<string, boolean>;

function kept(): OpenParts {
  const state: unknown = history.state;
  return state !== null && typeof state === "object" && "open_parts" in state ? (state.open_parts as OpenParts) : {};
}

function open_around(target: Element | null): void {
  for (let part = target?.closest("details"); part; part = part.parentElement?.closest("details")) part.open = true;
}

export function keep_details(): void {
  for (const [id, open] of Object.entries(kept())) {
    const part = document.getElementById(id);
    // A part that the server opened because of a fault stays open.
    if (part instanceof HTMLDetailsElement && !part.querySelector("[aria-invalid]")) part.open = open;
  }
  document.addEventListener("toggle", (event) => {
    const part = event.target;
    if (!(part instanceof HTMLDetailsElement) || part.id === "" || part.hasAttribute("data-opened-to-print")) return;
    history.replaceState({ ...history.state, open_parts: { ...kept(), [part.id]: part.open } }, "");
  }, true);
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href^="#"]') : null;
    if (link) open_around(document.getElementById(link.hash.slice(1)));
  });
  open_around(document.getElementById(location.hash.slice(1)));
  open_to_print();
}

function open_to_print(): void {
  window.addEventListener("beforeprint", () => {
    document.querySelectorAll<HTMLDetailsElement>("details:not([open])").forEach((part) => {
      part.setAttribute("data-opened-to-print", "");
      part.open = true;
    });
  });
  window.addEventListener("afterprint", () => {
    document.querySelectorAll<HTMLDetailsElement>("details[data-opened-to-print]").forEach((part) => {
      part.open = false;
      // The event of closing comes later; until then it must not be taken for the person's own click.
      window.setTimeout(() => part.removeAttribute("data-opened-to-print"));
    });
  });
}
