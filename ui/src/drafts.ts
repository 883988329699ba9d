// Drafts: what is typed goes to the server, never into the browser's own store (desks are shared). For
// <form data-draft="KEY" data-draft-url="ADDRESS"> the fields are posted there as an ordinary form, with `draft`=KEY
// and the form's csrf and command_id: 2xx means kept; 401, 403 or a redirect that one has to log in again; 409 that the
// command was carried out already; other 4xx that it will not be taken as it is; all else is tried again.

const pause_before_saving = 2_000;
const longest_unsaved = 15_000;
const longest_wait_between_tries = 60_000;
/** Browsers carry at most 64 KB on after a page was left. */
const most_bytes_when_leaving = 60_000;

type Outcome = "kept" | "log_in" | "done" | "refused" | "later";

function outcome_of(response: Response): Outcome {
  if (response.ok) return "kept";
  if (response.type === "opaqueredirect" || response.status === 401 || response.status === 403) return "log_in";
  if (response.status === 409) return "done";
  if (response.status >= 400 && response.status < 500 && response.status !== 408 && response.status !== 429) return "refused";
  return "later";
}

function time_of(now: Date): string {
  return `${now.getHours()}:${String(now.getMinutes()).padStart(2, "0")}`;
}

class Drafts {
  private kept: string;
  private timer = 0;
  private dirty_since = 0;
  private tries = 0;
  private composing = false;
  private leaving = false;
  private stopped = false;
  private sending: AbortController | null = null;

  constructor(private readonly form: HTMLFormElement) {
    // Shown again with faults, what was sent is kept nowhere but on this page.
    const shown_again = form.querySelector('input[name="draft_again"]') !== null;
    this.kept = shown_again ? "" : this.typed();
    form.addEventListener("compositionstart", () => (this.composing = true));
    form.addEventListener("compositionend", () => {
      this.composing = false;
      this.changed();
    });
    form.addEventListener("input", (event) => {
      if (!(event as InputEvent).isComposing) this.changed();
    });
    form.addEventListener("change", () => this.changed());
    form.addEventListener("submit", () => this.submitted());
    window.addEventListener("online", () => this.again());
    window.addEventListener("beforeunload", (event) => {
      if (this.is_unsaved() && !this.leaving) event.preventDefault();
    });
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) this.leaving = false;
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden" && this.is_unsaved() && !this.leaving) void this.save();
    });
    if (shown_again) this.plan(0);
  }

  private typed(): string {
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) {
      if (typeof value === "string") fields.append(name, value);
    }
    fields.append("draft", this.form.dataset["draft"] ?? "");
    return fields.toString();
  }

  private is_unsaved(): boolean {
    return !this.stopped && this.typed() !== this.kept;
  }

  private changed(): void {
    if (this.stopped || !this.is_unsaved()) return;
    const now = Date.now();
    if (this.dirty_since === 0) this.dirty_since = now;
    const wait = Math.min(pause_before_saving, Math.max(0, this.dirty_since + longest_unsaved - now));
    this.tries = 0;
    this.plan(wait);
  }

  private plan(wait: number): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.save(), wait);
  }

  private again(): void {
    if (this.is_unsaved()) this.plan(0);
  }

  /** The form itself takes everything along; a draft that arrives after it would come back from the dead. */
  private submitted(): void {
    this.leaving = true;
    window.clearTimeout(this.timer);
    this.sending?.abort();
  }

  private async save(): Promise<void> {
    if (this.stopped || this.leaving) return;
    if (this.composing || this.sending) return this.plan(pause_before_saving);
    const body = this.typed();
    const sending = new AbortController();
    this.sending = sending;
    const outcome = await this.send(body, sending.signal);
    this.sending = null;
    if (sending.signal.aborted) return;
    this.take(outcome, body);
  }

  private async send(body: string, signal: AbortSignal): Promise<Outcome> {
    try {
      const response = await fetch(this.form.dataset["draftUrl"] ?? "", {
        method: "POST",
        headers: { "Content-Type": "application/x-www-form-urlencoded" },
        body,
        credentials: "same-origin",
        redirect: "manual",
        keepalive: body.length <= most_bytes_when_leaving,
        signal,
      });
      return outcome_of(response);
    } catch {
      return "later";
    }
  }

  private take(outcome: Outcome, body: string): void {
    switch (outcome) {
      case "kept":
        this.kept = body;
        this.dirty_since = 0;
        this.tries = 0;
        this.say(`下書きを保存しました ${time_of(new Date())}`);
        if (this.is_unsaved()) this.changed();
        return;
      case "log_in":
        this.say("下書きを保存できません。別のタブでログインし直してから、この画面で入力を続けてください。", true);
        this.plan(longest_wait_between_tries);
        return;
      case "done":
        this.stopped = true;
        this.say("");
        return;
      case "refused":
        this.say("この内容は下書きとして保存できません。「保存する」を押すか、内容を控えてください。", true);
        return;
      case "later":
        this.tries += 1;
        this.say("つながらないため、下書きをまだ保存できていません。つながり次第、保存します。", true);
        this.plan(Math.min(longest_wait_between_tries, 2_500 * 2 ** this.tries));
        return;
    }
  }

  /** Read out politely; the same words twice are not said twice. */
  private say(words: string, trouble = false): void {
    const place = this.form.querySelector("[data-draft-state]");
    if (!place || place.textContent === words) return;
    place.textContent = words;
    place.toggleAttribute("data-trouble", trouble);
  }
}

export function keep_drafts(form: HTMLFormElement): void {
  new Drafts(form);
}
