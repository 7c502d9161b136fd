/** The last cards: thanks with the code that erases it all, and that it is erased. */

import { button, h } from "./dom.ts";
import { type Label, labels } from "./labels.ts";
import { safely } from "./safely.ts";
import type { State } from "./talk.ts";

export interface Ending {
  readonly state: State;
  readonly code: string | undefined;
  dialog(...children: Node[]): HTMLElement;
  header(title: string, small: string, close: string): HTMLElement;
  close(): void;
  withdraw(): Promise<void>;
}

export function ending(it: Ending): HTMLElement {
  const { survey, view } = it.state;
  const label = survey ? labels(survey) : (name: string) => name;
  const said = { finished: "done", abandoned: "expired" }[view?.status ?? ""];
  return it.dialog(
    it.header(said ? label(said) : (survey?.asker ?? ""), "", label("close")),
    h("div", { class: "bd" },
      ...farewell(it.state).map((text) => h("p", { dir: "auto" }, text)),
      view?.status !== "declined" && it.code ? code(it.code, label) : null,
      choices(it, label)));
}

/** All is gone, and says so. */
export function erased(it: Ending): HTMLElement {
  const { survey } = it.state;
  const label = survey ? labels(survey) : (name: string) => name;
  return it.dialog(
    it.header(survey?.asker ?? "", "", label("close")),
    h("div", { class: "bd" },
      h("p", { role: "status" }, label("deleted")),
      h("div", { class: "row" }, button(label("close"), "pri", it.close))));
}

/** What the bot said last, after the person's last words. */
function farewell({ view }: State): readonly string[] {
  const turns = view?.turns ?? [];
  const after = turns.map(({ speaker }) => speaker).lastIndexOf("person") + 1;
  return turns.slice(after).map(({ text }) => text);
}

function code(text: string, label: Label): HTMLElement {
  const copied = h("span", { class: "vh", role: "status" });
  const copy = button(label("copy"), "ln", async () => {
    await navigator.clipboard.writeText(text);
    copied.textContent = text;
  });
  return h("div", { class: "code" },
    h("small", {}, label("code")),
    h("div", { class: "row" }, h("code", {}, text), copy),
    h("small", {}, label("code_hint")), copied);
}

function choices(it: Ending, label: Label): HTMLElement {
  const row = h("div", { class: "row" });
  const warning = h("div", { class: "warn", role: "alert", hidden: true }, label("failed"));
  const canWithdraw = !!it.code && it.state.view?.status !== "declined";
  const first = (): void => row.replaceChildren(
    button(label("close"), "pri", it.close),
    ...(canWithdraw ? [button(label("withdraw"), "sec", sure)] : []));
  const sure = (): void => {
    const back = button(label("back"), "sec", () => first());
    const yes = button(label("withdraw"), "pri", it.withdraw);
    row.replaceChildren(h("p", { role: "status" }, label("withdraw_sure")), yes, back);
    back.focus();
  };
  safely(first)();
  return h("div", {}, warning, row);
}
