/** What is seen: one card at a time, in a shadow root that nobody else holds. */

import { Chat } from "./chat.ts";
import type { Config } from "./config.ts";
import { isOver } from "./contract.ts";
import { button, h, icon } from "./dom.ts";
import { type Ending, ending, erased } from "./ending.ts";
import { labels } from "./labels.ts";
import { listen } from "./safely.ts";
import type { State, Talk } from "./talk.ts";
import { Theme, isDark } from "./theme.ts";
import { direction, words } from "./words.ts";

const NAME = "throughline-survey";

export class Panel {
  readonly #config: Config;
  readonly #talk: Talk;
  readonly #host: HTMLElement;
  readonly #root: ShadowRoot;
  readonly #theme: Theme;
  readonly #frame = h("div", { class: "tlw" });
  readonly #status = h("div", { class: "vh", role: "status" });
  #chat: Chat | undefined;
  #card = "";
  /** Where the focus was on the page when the person opened us. */
  #from: HTMLElement | null = null;
  /** The person is in the conversation: the focus may be moved for them. */
  #isIn = false;

  constructor(config: Config, talk: Talk) {
    this.#config = config;
    this.#talk = talk;
    if (!customElements.get(NAME)) customElements.define(NAME, class extends HTMLElement {});
    this.#host = document.createElement(NAME);
    this.#root = this.#host.attachShadow({ mode: "closed" });
    this.#theme = new Theme(this.#root);
    this.#root.append(this.#frame);
    this.#frame.append(this.#status);
    listen(this.#frame, "keydown", (event) => this.#key(event as KeyboardEvent));
    const keyboard = window.visualViewport;
    listen(keyboard, "resize", () => this.#measure());
    if (config.isPage) this.#frame.classList.add("page");
  }

  /** The person opened it: what they do next begins in the window. */
  enter(): void {
    this.#from = document.activeElement as HTMLElement | null;
    this.#isIn = true;
  }

  show(state: State): void {
    if (state.phase !== "away" && !this.#host.isConnected) document.documentElement.append(this.#host);
    this.#dress(state);
    const card = cardOf(state);
    if (card !== this.#card) this.#change(card, state);
    if (card === "talk") this.#update(state);
    if (card === "end" || card === "opening") this.#complain(state);
    if (card === "away") this.#host.remove();
  }

  #dress({ survey, view }: State): void {
    const language = view?.language ?? survey?.language ?? this.#config.language;
    const appearance = { ...survey?.appearance, ...this.#config.appearance };
    this.#frame.lang = language;
    this.#frame.dir = view?.direction ?? survey?.direction ?? direction(language);
    this.#frame.classList.toggle("dark", isDark(appearance));
    this.#theme.set(appearance);
    this.#measure();
  }

  #measure(): void {
    const progress = this.#talk.state.view?.progress;
    const seen = window.visualViewport;
    const covered = seen ? Math.max(0, innerHeight - seen.height - seen.offsetTop) : 0;
    this.#theme.move(progress?.of ? reached(progress) / progress.of : 0, covered);
  }

  #change(card: string, state: State): void {
    this.#card = card;
    for (const child of [...this.#frame.children]) if (child !== this.#status) child.remove();
    this.#chat = undefined;
    const drawn = this.#draw(card, state);
    if (drawn) this.#frame.append(drawn);
    this.#status.textContent = card === "invite" ? this.#title(drawn) : "";
    if (card === "away" || card === "closed") this.#leave(drawn);
    else if (this.#isIn) this.#focus(drawn);
  }

  #title(drawn: HTMLElement | undefined): string {
    return drawn?.querySelector("#title")?.textContent ?? "";
  }

  #focus(drawn: HTMLElement | undefined): void {
    if (this.#chat) queueMicrotask(() => this.#chat?.focus());
    else drawn?.focus();
  }

  #leave(drawn: HTMLElement | undefined): void {
    if (!this.#isIn) return;
    this.#isIn = false;
    const isGone = !this.#from?.isConnected || this.#from === document.body || this.#from === this.#host;
    if (isGone) drawn?.focus();
    else this.#from?.focus();
  }

  #draw(card: string, state: State): HTMLElement | undefined {
    switch (card) {
      case "invite":
        return this.#invitation();
      case "opening":
        return this.#opening();
      case "talk":
        return this.#conversation(state);
      case "end":
        return ending(this.#ending(state));
      case "deleted":
        return erased(this.#ending(state));
      case "closed":
        return this.#back(state);
      default:
        return undefined;
    }
  }

  #invitation(): HTMLElement {
    const said = words(this.#config.language, this.#config.words);
    return this.#dialog("invite",
      this.#logo(said.title),
      h("div", {},
        h("h2", { id: "title" }, said.title),
        h("p", {}, [said.minutes, said.text].filter(Boolean).join(" ")),
        h("div", { class: "row" },
          button(said.start, "pri", () => this.#open()),
          button(said.later, "sec", () => this.#talk.close()))));
  }

  #opening(): HTMLElement {
    const said = words(this.#config.language, this.#config.words);
    return this.#dialog("talk",
      this.#header(said.title, "", said.close),
      h("div", { class: "lg" }, h("div", { class: "bt dots" }, "…")),
      h("div", { class: "warn", role: "alert", hidden: true },
        `${said.failed} `, button(said.retry, "ln", () => this.#talk.retry())));
  }

  #conversation({ survey }: State): HTMLElement {
    const name = survey?.asker ?? "";
    const close = survey ? labels(survey)("close") : "";
    this.#chat = new Chat(this.#talk, this.#config.words["privacy"] ?? survey?.appearance["privacy"] ?? "");
    const bar = h("div", { class: "pg", role: "progressbar", "aria-valuemin": 0 }, h("i"));
    return this.#dialog("talk", this.#header(name, "", close), bar, ...this.#chat.parts);
  }

  #update(state: State): void {
    const { survey, view } = state;
    if (!survey || !view) return;
    const label = labels(survey);
    const { of } = view.progress;
    const at = reached(view.progress);
    const isAsking = !view.can.includes("consent") && of > 0;
    const progress = isAsking ? label("progress", { done: at, of }) : "";
    const small = this.#frame.querySelector("small");
    small?.replaceChildren(label("bot"), ...(progress ? [" · ", h("span", {}, progress)] : []));
    const bar = this.#frame.querySelector(".pg");
    bar?.toggleAttribute("hidden", !isAsking);
    const values = { "aria-valuemax": of, "aria-valuenow": at, "aria-label": progress };
    for (const [name, value] of Object.entries(values)) bar?.setAttribute(name, String(value));
    this.#chat?.show(state);
  }

  #ending(state: State): Ending {
    return {
      state,
      code: this.#talk.code,
      dialog: (...children) => this.#dialog("end", ...children),
      header: (title, small, close) => this.#header(title, small, close, icon("check")),
      close: () => this.#talk.close(),
      withdraw: () => this.#talk.withdraw(),
    };
  }

  #back({ survey }: State): HTMLElement {
    const label = survey ? labels(survey)("resume") : words(this.#config.language, {}).start;
    return button(label, "pri back", () => this.#open());
  }

  #complain({ trouble }: State): void {
    const warning = this.#frame.querySelector(".warn");
    if (warning) warning.toggleAttribute("hidden", !trouble);
  }

  #open(): Promise<void> {
    this.enter();
    return this.#talk.open();
  }

  #dialog(style: string, ...children: (Node | string)[]): HTMLElement {
    return h("section", {
      class: `card ${style}`, role: "dialog", "aria-modal": String(isSheet()), "aria-labelledby": "title", tabindex: -1,
    }, ...children);
  }

  #header(title: string, small: string, close: string, mark?: Node): HTMLElement {
    const logo = mark ? h("span", { class: "lo", "aria-hidden": "true" }, mark) : this.#logo(title);
    const x = h("button", { type: "button", class: "x", "aria-label": close, click: () => this.#talk.close() }, icon("close"));
    return h("header", { class: "hd" }, logo,
      h("div", {}, h("b", { id: "title" }, title), h("small", {}, small)), x);
  }

  #logo(title: string): HTMLElement {
    const name = this.#talk.state.survey?.asker ?? this.#config.words["asker"] ?? title;
    return h("span", { class: "lo", "aria-hidden": "true" }, [...name.replace(/^\P{L}+/u, "")][0]?.toUpperCase() ?? "?");
  }

  #key(event: KeyboardEvent): void {
    event.stopPropagation(); // the page's shortcuts are not meant for what is written here
    if (event.key === "Escape" && !event.isComposing) this.#talk.close();
    if (event.key === "Tab" && isSheet()) this.#turn(event);
  }

  /** Where the window covers the page, Tab goes round in it. */
  #turn(event: KeyboardEvent): void {
    const all = [...this.#frame.querySelectorAll<HTMLElement>("button,textarea,select,a,[tabindex='0']")];
    const open = all.filter((one) => one.getClientRects().length && !(one as HTMLButtonElement).disabled);
    const [edge, other] = event.shiftKey ? [open[0], open.at(-1)] : [open.at(-1), open[0]];
    const at = this.#root.activeElement;
    if (at !== edge && !at?.matches("section")) return;
    event.preventDefault();
    other?.focus();
  }
}

function cardOf({ phase, view, trouble }: State): string {
  if (phase === "invited") return "invite";
  if (phase === "talking" && view) return isOver(view) ? "end" : "talk";
  return phase === "opening" && view && !trouble ? "talk" : phase;
}

/** The question that is open, counted from 1. */
function reached({ done, of }: { done: number; of: number }): number {
  return Math.min(done + 1, of);
}

function isSheet(): boolean {
  return matchMedia("(max-width: 600px)").matches;
}
