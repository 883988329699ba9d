// Small things that every page needs.

/** The list of faults gets the focus, so that it is read out and the next Tab goes to its first link. */
export function focus_fault_list(): void {
  document.getElementById("error-summary")?.focus();
}

/** A box that scrolls sideways can be reached and scrolled by keyboard; one that does not is no stop for Tab. */
export function make_scrollers_reachable(): void {
  const update = (box: HTMLElement): void => {
    const scrolls = box.scrollWidth > box.clientWidth;
    for (const [name, value] of [["tabindex", "0"], ["role", "region"], ["aria-label", box.dataset["scroll"] ?? ""]] as const) {
      if (scrolls) box.setAttribute(name, value);
      else box.removeAttribute(name);
    }
  };
  const watcher = new ResizeObserver((entries) => entries.forEach((entry) => update(entry.target as HTMLElement)));
  document.querySelectorAll<HTMLElement>("[data-scroll]").forEach((box) => watcher.observe(box));
}
