/** Begin: find our script, watch for the moment, invite, and answer `journey(…)`. */

import { isSampled, isShownOn, isTooSoon } from "./choosing.ts";
import { Client } from "./client.ts";
import { type Config, read } from "./config.ts";
import type { Context } from "./contract.ts";
import { Keeping } from "./keeping.ts";
import { Panel } from "./panel.ts";
import { listen, note, safely, speakUp } from "./safely.ts";
import { type State, Talk } from "./talk.ts";
import { onPages, watch } from "./triggers.ts";

type Call = (...said: readonly unknown[]) => void;
interface Journey extends Call {
  q?: ArrayLike<unknown>[];
  surveys?: Record<string, Call>;
}

/** One survey on this page. */
class Widget {
  readonly #config: Config;
  readonly #keeping: Keeping;
  readonly #talk: Talk;
  readonly #panel: Panel;
  readonly #draw = Math.random();
  #phase = "away";
  /** The person said "not now": it is remembered as long as this page is, and nowhere. */
  #isDismissed = false;

  constructor(config: Config) {
    this.#config = config;
    this.#keeping = new Keeping(config.survey);
    const show = (state: State) => this.#show(state);
    this.#talk = new Talk(config, new Client(config.host), this.#keeping, show);
    this.#panel = new Panel(config, this.#talk);
  }

  start(): void {
    listen(window, "storage", (event) => {
      if ((event as StorageEvent).key === this.#keeping.name) return this.#talk.refresh();
      return undefined;
    });
    listen(document, "click", (event) => this.#clicked(event));
    if (this.#talk.isBegun) return this.#resume();
    if (this.#config.isPage) return this.#open();
    watch(this.#config, () => this.#invite());
    onPages((path) => this.#leaveIfHidden(path));
    return undefined;
  }

  call(command: unknown, given: unknown): void {
    if (command === "open") this.#ask();
    if (command === "close") this.#talk.close();
    if (command === "event" && this.#config.triggers.some(({ name }) => name === given)) this.#invite();
    if (command === "context" && given) this.#talk.context = { ...this.#talk.context, ...(given as Context) };
  }

  /** Go on where it was before the reload; the page keeps the focus. */
  #resume(): void {
    if (this.#keeping.get().isClosed) this.#talk.set({ phase: "closed" });
    else safely(() => this.#talk.open())();
  }

  #open(): void {
    this.#panel.enter();
    safely(() => this.#talk.open())();
  }

  /** The page asks for it: where the person has just acted it opens, else it only invites. */
  #ask(): void {
    const { phase } = this.#talk.state;
    if (phase === "talking" || phase === "opening") return;
    if (navigator.userActivation?.isActive) this.#open();
    else if (phase === "away") this.#talk.set({ phase: "invited" });
  }

  #invite(): void {
    const isBusy = this.#talk.state.phase !== "away" || this.#isDismissed || isAnotherShown();
    const { at } = this.#keeping.get();
    if (isBusy || this.#talk.isBegun || isTooSoon(at, Date.now(), this.#config)) return;
    if (!isSampled(this.#config, this.#draw) || !isShownOn(location.pathname, this.#config)) return;
    this.#talk.set({ phase: "invited" });
  }

  #leaveIfHidden(path: string): void {
    const isInvited = this.#talk.state.phase === "invited";
    if (!isInvited || isShownOn(path, this.#config)) return;
    this.#talk.set({ phase: "away" });
    this.#isDismissed = false;
  }

  #clicked(event: Event): void {
    const link = event.target instanceof Element && event.target.closest("[data-journey-open]");
    const wanted = link && link.getAttribute("data-journey-open");
    if (wanted === "" || wanted === this.#config.survey) this.#ask();
  }

  #show(state: State): void {
    this.#panel.show(state);
    if (state.phase === this.#phase) return;
    if (this.#phase === "invited" && state.phase === "away") this.#isDismissed = true;
    this.#phase = state.phase;
    const detail = { survey: this.#config.survey, phase: state.phase };
    document.dispatchEvent(new CustomEvent("journey", { detail }));
  }
}

function isAnotherShown(): boolean {
  return document.querySelector("throughline-survey") !== null;
}

function ready(act: () => void): void {
  if (document.readyState === "loading") listen(document, "DOMContentLoaded", act, { once: true });
  else act();
}

function script(): HTMLScriptElement | null {
  const own = document.currentScript;
  return own instanceof HTMLScriptElement && own.dataset["survey"]
    ? own
    : document.querySelector<HTMLScriptElement>("script[data-survey]");
}

/** Take calls, those included that came before us; with two surveys, name one: `journey("open", KEY)`. */
function answer(survey: string, widget: Widget): void {
  const page = window as { journey?: Journey };
  const before = page.journey;
  const surveys = { ...before?.surveys, [survey]: safely(widget.call.bind(widget)) };
  const journey: Journey = (command, given) => {
    const named = typeof given === "string" ? surveys[given] : undefined;
    for (const call of named ? [named] : Object.values(surveys)) call(command, given);
  };
  page.journey = Object.assign(journey, { surveys });
  for (const said of Array.from(before?.q ?? [])) journey(...Array.from(said));
}

function begin(): void {
  const found = script();
  if (found?.dataset["debug"] !== undefined) speakUp();
  if (!found?.dataset["survey"]) return note("the script has no data-survey");
  const config = read(found);
  ready(() => {
    const widget = new Widget(config);
    answer(config.survey, widget);
    widget.start();
  });
}

safely(begin)();
