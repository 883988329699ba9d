// A page that follows a sitting: it is told that something changed, fetches itself anew with the reader's own rights, and
// puts lists in their place. A form in which somebody has typed, or is typing, is left as it is. Without this file the
// page is reloaded by hand. Nothing that comes over the stream is shown: it holds a number and no more.

import { keep_drafts } from "./drafts";
import { timer_words, wait_before } from "./live_words";
import { update_dependent_fields } from "./when";

function fields_of(form: HTMLFormElement): string {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string" && name !== "csrf" && name !== "command_id") fields.append(name, value);
  return fields.toString();
}

class LivePage {
  private events: EventSource | null = null;
  private number: number;
  private tries = 0;
  private lost = 0;
  private says_lost = false;
  private fetching = false;
  private sending = 0;
  private again = false;
  private composing = false;
  private clock_ahead = 0;
  /** What each form held when it came from the server: typed in is what differs. */
  private readonly as_it_came = new WeakMap<HTMLFormElement, string>();

  constructor(private readonly root: HTMLElement) {
    this.number = Number(root.dataset["liveNumber"] ?? "0");
    root.querySelector("[data-live-reload]")?.setAttribute("hidden", "");
    root.addEventListener("compositionstart", () => (this.composing = true));
    root.addEventListener("compositionend", () => {
      this.composing = false;
      if (this.again) void this.refresh();
    });
    root.addEventListener("submit", (event) => this.send(event));
    window.addEventListener("online", () => this.connect());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible" && !this.events) this.connect();
    });
    window.addEventListener("pagehide", () => this.events?.close());
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) this.connect();
    });
    this.remember_forms(root);
    this.connect();
    this.tick();
    window.setInterval(() => this.tick(), 1_000);
  }

  private connect(): void {
    this.events?.close();
    const events = new EventSource(`${this.root.dataset["liveEvents"] ?? ""}?since=${this.number}`);
    this.events = events;
    events.addEventListener("open", () => {
      this.tries = 0;
      window.clearTimeout(this.lost);
      if (this.says_lost) this.say("");
      this.says_lost = false;
    });
    events.addEventListener("change", (event) => this.changed(Number((event as MessageEvent<string>).data)));
    events.addEventListener("error", () => {
      // Streams end now and then by themselves; only one that does not come back is worth a word.
      window.clearTimeout(this.lost);
      this.lost = window.setTimeout(() => this.say_lost(), 6_000);
      // A refusal ends the stream for good; a lost connection is tried again by the browser itself.
      if (events.readyState !== EventSource.CLOSED) return;
      this.events = null;
      window.setTimeout(() => {
        if (!this.events) this.connect();
      }, wait_before(this.tries++));
    });
  }

  private changed(number: number): void {
    if (!(number > this.number)) return;
    void this.refresh();
  }

  /** Fetches the page once more; a change that comes meanwhile asks for one more after it. */
  private async refresh(): Promise<void> {
    this.again = true;
    if (this.fetching || this.composing) return;
    this.fetching = true;
    try {
      while (this.again && !this.composing) {
        this.again = false;
        const reply = await fetch(this.root.dataset["liveHere"] ?? location.pathname, { headers: { "HX-Request": "true" }, credentials: "same-origin", redirect: "manual" });
        if (!reply.ok) {
          // Signed out, or no longer to be seen: what is on the page must not stay.
          if (reply.type === "opaqueredirect" || reply.status === 404 || reply.status === 403) location.reload();
          return;
        }
        this.put_in_place(await reply.text());
      }
    } catch {
      this.say_lost();
    } finally {
      this.fetching = false;
    }
  }

  private put_in_place(text: string, answered: HTMLFormElement | null = null): void {
    const fresh = new DOMParser().parseFromString(text, "text/html").querySelector<HTMLElement>("[data-live-events]");
    if (!fresh) return location.reload();
    this.number = Math.max(this.number, Number(fresh.dataset["liveNumber"] ?? "0"));
    let added = false;
    for (const region of fresh.querySelectorAll<HTMLElement>("[data-live]")) {
      const old = document.getElementById(region.id);
      if (!old || old.closest("[data-live-events]") !== this.root) continue;
      if (region.dataset["live"] === "form") this.put_form(old, region, answered);
      else if (words(old) !== words(region)) {
        added ||= region.id === "live-notes";
        this.replace(old, region);
      } else this.replace(old, region);
    }
    if (added && !answered && this.sending === 0) this.say("ほかの人が書き足しました。");
    this.tick();
  }

  private put_form(old: HTMLElement, region: HTMLElement, answered: HTMLFormElement | null): void {
    const sent = answered !== null && old.contains(answered);
    if (!sent && old.dataset["liveKey"] === region.dataset["liveKey"] && !this.may_refill(old)) return;
    if (!sent && this.is_in_use(old)) {
      if (old.dataset["liveKey"] !== region.dataset["liveKey"]) this.warn(old);
      return;
    }
    this.replace(old, region);
  }

  /** A form that nobody has touched follows what others write. */
  private may_refill(region: HTMLElement): boolean {
    return !this.is_in_use(region);
  }

  private is_in_use(region: HTMLElement): boolean {
    if (region.contains(document.activeElement) && document.activeElement?.matches("input, textarea, select")) return true;
    return [...region.querySelectorAll("form")].some((form) => (this.as_it_came.get(form) ?? "") !== fields_of(form));
  }

  private warn(region: HTMLElement): void {
    if (region.querySelector("[data-live-warning]")) return;
    const line = document.createElement("p");
    line.setAttribute("role", "status");
    line.dataset["liveWarning"] = "";
    line.className = "live-warning";
    line.textContent = "会議が先へ進みました。書きかけはそのまま残っています。保存すると、書いていた議題に入ります。";
    region.prepend(line);
  }

  private replace(old: HTMLElement, region: HTMLElement): void {
    const focused = old.contains(document.activeElement) ? document.activeElement?.id ?? "" : "";
    const open = new Map([...old.querySelectorAll("details")].map((part) => [part.id, part.open]));
    const put = document.importNode(region, true);
    for (const part of put.querySelectorAll("details")) part.open = open.get(part.id) ?? part.open;
    old.replaceWith(put);
    this.remember_forms(put);
    update_dependent_fields(put);
    for (const form of put.querySelectorAll<HTMLFormElement>("form[data-draft]")) keep_drafts(form);
    if (focused) document.getElementById(focused)?.focus();
  }

  private remember_forms(within: HTMLElement): void {
    for (const form of within.querySelectorAll("form")) this.as_it_came.set(form, fields_of(form));
  }

  /** A line, or a row of a plan, is sent without leaving the page, so that what is half typed elsewhere on it stays. */
  private send(event: SubmitEvent): void {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !/\/live\/(notes\/|plan\/add)/.test(form.action) || event.defaultPrevented || form.hasAttribute("data-sent")) return;
    event.preventDefault();
    form.setAttribute("data-sent", "");
    this.sending += 1;
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
    fetch(form.action, { method: "POST", body, headers: { "HX-Request": "true" }, credentials: "same-origin" })
      .then(async (reply) => {
        const text = await reply.text();
        // Overloaded, say: nothing was kept, and what was typed must not go with a reload.
        if (!text.includes("data-live-events")) throw new Error("no answer");
        this.put_in_place(text, form);
      })
      // The same command again does nothing twice.
      .catch(() => this.say("送れませんでした。書いた内容は残っています。少し待って、もう一度押してください。"))
      .finally(() => {
        this.sending -= 1;
        form.removeAttribute("data-sent");
      });
  }

  private say_lost(): void {
    this.says_lost = true;
    this.say("つながりが切れています。つながると、自動で新しくなります。");
  }

  private say(words: string): void {
    const line = this.root.querySelector("[data-live-state]");
    if (line && line.textContent !== words) line.textContent = words;
  }

  private tick(): void {
    const timer = this.root.querySelector<HTMLElement>("[data-live-timer]");
    if (!timer) return;
    const now = Number(timer.dataset["now"]);
    // The server's clock counts; this one only goes on from it.
    if (timer.dataset["seen"] === undefined) {
      timer.dataset["seen"] = "";
      this.clock_ahead = Date.now() - now;
    }
    const passed = Math.max(0, Math.floor((Date.now() - this.clock_ahead - Number(timer.dataset["started"])) / 60_000));
    const text = timer_words(passed, Number(timer.dataset["minutes"]));
    if (timer.textContent !== text) timer.textContent = text;
  }
}

function words(region: HTMLElement): string {
  return (region.textContent ?? "").replace(/\s+/g, " ");
}

export function follow_sittings(): void {
  for (const root of document.querySelectorAll<HTMLElement>("[data-live-events]")) new LivePage(root);
}
