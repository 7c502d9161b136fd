/** The conversation: what was said, and what the person can do now. */

import type { Scale, Turn, View } from "./contract.ts";
import { button, h, icon } from "./dom.ts";
import { type Label, labels } from "./labels.ts";
import type { State, Talk } from "./talk.ts";

export class Chat {
  readonly log = h("div", { class: "lg", role: "log", "aria-live": "polite", tabindex: 0 });
  readonly #talk: Talk;
  readonly #chips = h("div", { class: "qr", role: "group" });
  readonly #warning = h("div", { class: "warn", role: "status" });
  readonly #foot = h("footer", { class: "ft" });
  readonly #input: HTMLTextAreaElement;
  readonly #send: HTMLButtonElement;
  readonly #form: HTMLElement;
  readonly #privacy: string;
  readonly #bubbles = new Map<string, HTMLElement>();
  /** What the chips and the foot were last drawn for, so that focus survives what changes nothing. */
  #drawn = "";
  #isSure = true;
  /** The focus waits in the log for the next question, as its button went away. */
  #isFocusWaiting = false;

  constructor(talk: Talk, privacy: string) {
    this.#talk = talk;
    this.#privacy = privacy;
    this.#input = h("textarea", {
      rows: 1, maxlength: 8000, dir: "auto", enterkeyhint: "send", keydown: (event: KeyboardEvent) => this.#typed(event),
    });
    this.#send = h("button", { type: "button", class: "go", click: () => this.#say() }, icon("send"));
    this.#form = h("div", { class: "ip" }, this.#input, this.#send);
  }

  get parts(): readonly HTMLElement[] {
    return [this.log, this.#chips, this.#warning, this.#form, this.#foot];
  }

  /** Where the focus belongs when a question comes: the words, else the first button. */
  focus(): void {
    const first = this.#form.hidden ? this.#chips.querySelector("button") : this.#input;
    (first ?? this.log).focus();
  }

  show(state: State): void {
    const { survey, view } = state;
    if (!survey || !view) return;
    const label = labels(survey);
    this.log.setAttribute("aria-label", label("bot"));
    const wasAtEnd = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 80;
    this.#sayAll(state, view, label);
    this.#warn(state, label);
    const drawn = JSON.stringify([view.open, view.can, view.status, survey.language, !!state.said, this.#isSure]);
    if (drawn !== this.#drawn) this.#draw(state, view, label);
    this.#drawn = drawn;
    if (state.draft && !this.#input.value) this.#input.value = state.draft;
    if (wasAtEnd) this.log.scrollTop = this.log.scrollHeight;
  }

  #draw(state: State, view: View, label: Label): void {
    const hadFocus = this.#isFocusWaiting || this.#holdsFocus();
    const isBusy = state.said !== undefined;
    const turn = view.turns.find(({ id }) => id === view.open);
    this.#chips.replaceChildren(...(isBusy ? [] : this.#options(view, turn, label)));
    this.#chips.hidden = !this.#chips.hasChildNodes();
    this.#form.hidden = !view.can.includes("text") || turn?.kind === "consent" || turn?.kind === "scale";
    this.#send.disabled = isBusy;
    this.#input.placeholder = label("placeholder");
    this.#input.setAttribute("aria-label", label("answer"));
    this.#send.setAttribute("aria-label", label("send"));
    this.#foot.replaceChildren(...this.#links(view, label));
    this.#foot.hidden = !this.#foot.hasChildNodes();
    this.#refocus(hadFocus, isBusy);
  }

  #refocus(hadFocus: boolean, isBusy: boolean): void {
    if (!hadFocus || this.#holdsFocus()) return;
    if (isBusy) this.log.focus();
    else this.focus();
    this.#isFocusWaiting = isBusy;
  }

  #holdsFocus(): boolean {
    const root = this.log.getRootNode() as ShadowRoot;
    return [this.#chips, this.#form, this.#foot].some((part) => part.contains(root.activeElement));
  }

  #options(view: View, turn: Turn | undefined, label: Label): readonly HTMLElement[] {
    const can = new Set(view.can);
    const chip = (kind: "consent" | "decline" | "confirm" | "skip" | "pause" | "resume", quiet = "") =>
      can.has(kind) && button(label(kind), `ch${quiet}`, () => this.#talk.reply({ kind }));
    const isAsking = view.open !== null && !can.has("consent");
    const options = [
      ...(turn?.scale ? this.#numbers(turn.scale, view, label) : []),
      chip("consent"),
      chip("decline", " q"),
      chip("confirm"),
      can.has("correct") && button(label("correct"), "ch", () => this.#input.focus()),
      view.status === "paused" && chip("resume"),
      isAsking && chip("skip", " q"),
      isAsking && chip("pause", " q"),
    ];
    return options.filter((option) => option !== false);
  }

  #numbers(scale: Scale, view: View, label: Label): readonly HTMLElement[] {
    const kind = view.can[0] === "rate" ? "rate" : "scale";
    const ends: Record<number, string> = { [scale.low]: scale.low_label, [scale.high]: scale.high_label };
    const values = Array.from({ length: scale.high - scale.low + 1 }, (_, at) => scale.low + at);
    const numbers = values.map((value) => {
      const named = ends[value] ? { "aria-label": `${value}, ${ends[value]}` } : {};
      const click = () => this.#talk.reply({ kind, value });
      return h("button", { type: "button", class: "ch", click, ...named }, String(value));
    });
    const group = h("div", { class: "sc", role: "group", "aria-label": label("scale") }, ...numbers);
    const words = h("div", { class: "ends", "aria-hidden": "true" },
      ...[scale.low, scale.high].map((end) => h("span", {}, ends[end] ? `${end}: ${ends[end]}` : "")));
    return [group, words];
  }

  #links(view: View, label: Label): readonly HTMLElement[] {
    const can = new Set(view.can);
    if (!this.#isSure) return this.#question(label);
    const link = (name: string, click: () => unknown) => button(label(name), "ln", click);
    const links = [
      can.has("stop") && link("stop", () => this.#talk.reply({ kind: "stop" })),
      can.has("withdraw") && link("withdraw", () => this.#ask(false)),
      can.has("consent") && this.#languages(label),
      this.#privacy && h("a", { class: "ln", href: this.#privacy, target: "_blank", rel: "noopener" }, label("privacy")),
    ];
    return links.filter((item) => item !== false && item !== "");
  }

  /** Ask once more before all is deleted. */
  #question(label: Label): readonly HTMLElement[] {
    return [
      h("span", {}, label("withdraw_sure")),
      button(label("withdraw"), "ln", () => {
        this.#ask(true);
        return this.#talk.withdraw();
      }),
      button(label("back"), "ln", () => this.#ask(true)),
    ];
  }

  #ask(isSure: boolean): void {
    this.#isSure = isSure;
    this.show(this.#talk.state);
    this.#foot.querySelector("button")?.focus();
  }

  #languages(label: Label): HTMLElement | false {
    const { survey } = this.#talk.state;
    if (!survey || survey.languages.length < 2) return false;
    const options = survey.languages.map((code) =>
      h("option", { value: code, lang: code, selected: code === survey.language }, ownName(code)),
    );
    const change = (event: Event) => this.#talk.restart((event.target as HTMLSelectElement).value);
    return h("select", { "aria-label": label("language"), change }, ...options);
  }

  #warn({ trouble }: State, label: Label): void {
    const text = trouble ? label(trouble) : "";
    this.#warning.hidden = !trouble;
    if (this.#warning.dataset["text"] === text) return;
    this.#warning.dataset["text"] = text;
    const retry = button(label("retry"), "ln", () => this.#talk.retry());
    this.#warning.replaceChildren(...(trouble ? [`${text} `, retry] : []));
  }

  #typed(event: KeyboardEvent): void {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#say();
  }

  #say(): void {
    const text = this.#input.value.trim();
    const { view, said } = this.#talk.state;
    if (!text || said || !view) return;
    const kind = view.can.includes("correct") ? "correct" : "text";
    this.#input.value = "";
    this.#talk.reply({ kind, text });
  }

  /** Bring the log up to date, touching only what changed: a screen reader reads what is new. */
  #sayAll(state: State, view: View, label: Label): void {
    const all = lines(state, view);
    const ids = new Set<string>(all.map(([id]) => id));
    const told = view.turns.filter(({ id, speaker }) => speaker === "person" && !this.#bubbles.has(id)).pop();
    if (told && !ids.has("said")) this.#settle(told.id);
    for (const [id, bubble] of this.#bubbles) if (!ids.has(id)) this.#drop(id, bubble);
    let last: HTMLElement | undefined;
    for (const [id, speaker, text] of all) {
      const bubble = this.#bubble(id, speaker, text, label);
      const isInPlace = last ? last.nextElementSibling === bubble : this.log.firstElementChild === bubble;
      if (!isInPlace && last) last.after(bubble);
      else if (!isInPlace) this.log.prepend(bubble);
      last = bubble;
    }
  }

  /** What the person said has arrived: its bubble stays where it is. */
  #settle(id: string): void {
    const bubble = this.#bubbles.get("said");
    if (!bubble) return;
    bubble.className = "me";
    this.#bubbles.delete("said");
    this.#bubbles.set(id, bubble);
  }

  #bubble(id: string, speaker: string, text: string, label: Label): HTMLElement {
    let bubble = this.#bubbles.get(id);
    if (!bubble) {
      const style = { said: "me wait", dots: "bt dots" }[id] ?? (speaker === "bot" ? "bt" : "me");
      const who = speaker === "person" && h("span", { class: "vh" }, `${label("you")}: `);
      bubble = h("div", { class: style, dir: "auto" }, who, h("span"));
      if (id === "dots") bubble.setAttribute("aria-label", label("waiting"));
      this.#bubbles.set(id, bubble);
    }
    const words = bubble.lastElementChild;
    if (words && words.textContent !== text) grow(words, text);
    return bubble;
  }

  #drop(id: string, bubble: HTMLElement): void {
    bubble.remove();
    this.#bubbles.delete(id);
  }
}

type Line = readonly [id: string, speaker: string, text: string];

/** All there is to show, in order: the turns, what is on its way, and what is being said. */
function lines(state: State, view: View): readonly Line[] {
  const known = new Set(view.turns.map(({ id }) => id));
  const coming = Object.entries(state.hearing ?? {}).filter(([id]) => !known.has(id));
  const isWaiting = state.said && !coming.length && !state.trouble;
  const all: Line[] = [
    ...view.turns.map((turn): Line => [turn.id, turn.speaker, said(turn)]),
    ["said", "person", state.said ? said(state.said) : ""],
    ...coming.map(([id, text]): Line => [id, "bot", text]),
    ["dots", "bot", isWaiting ? "…" : ""],
  ];
  return all.filter(([, , text]) => text);
}

/** Add what is new, sentence by sentence, so that nothing is read out twice. */
function grow(words: Element, text: string): void {
  const before = words.textContent ?? "";
  if (before && text.startsWith(before)) words.append(text.slice(before.length));
  else words.textContent = text;
}

function said({ text, value }: { text?: string; value?: number | null }): string {
  return text || (typeof value === "number" ? String(value) : "");
}

function ownName(code: string): string {
  try {
    return new Intl.DisplayNames([code], { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}
