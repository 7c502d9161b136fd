/** What the page says on the script: the data- attributes, read once. */

import type { Context } from "./contract.ts";

export interface Config {
  readonly survey: string;
  /** Where the service is: the script's own address without its name. */
  readonly host: string;
  readonly triggers: readonly Trigger[];
  readonly sample: number;
  readonly everyDays: number;
  readonly pages: readonly string[];
  readonly notPages: readonly string[];
  /** By trigger, the pages it is about: `data-basket-page`. */
  readonly pagesOf: Readonly<Record<string, readonly string[]>>;
  readonly language: string;
  readonly context: Context;
  readonly signature: string;
  /** Colours, font and theme, as named in `theme.ts`. */
  readonly appearance: Readonly<Record<string, string>>;
  /** The page's own words for the invitation, and the privacy page's address. */
  readonly words: Readonly<Record<string, string>>;
  /** The page is the survey's own: whoever came to it has opened it. */
  readonly isPage: boolean;
}

export interface Trigger {
  readonly name: string;
  readonly value: number;
}

const APPEARANCE = ["accent", "on", "bg", "soft", "ink", "ink2", "line", "edge", "font", "theme"];
const WORDS = ["title", "text", "start", "later", "minutes", "asker", "privacy"];

export function read(script: HTMLScriptElement): Config {
  const data = script.dataset;
  const host = new URL(".", script.src).href;
  return {
    survey: data["survey"] ?? "",
    host,
    triggers: triggers(data["trigger"] ?? "delay:5"),
    sample: number(data["sample"], 1),
    everyDays: number(data["every"], 30),
    pages: words(data["pages"]),
    notPages: words(data["notPages"]),
    pagesOf: {
      purchase: words(data["purchasePage"]),
      basket: words(data["basketPage"]),
      cancel: words(data["cancelPage"]),
    },
    language: data["language"] || document.documentElement.lang || navigator.language || "en",
    context: context(data),
    signature: data["signature"] ?? "",
    appearance: picked(data, APPEARANCE),
    words: picked(data, WORDS),
    isPage: data["open"] !== undefined && new URL(host).origin === location.origin,
  };
}

/** Read "exit delay:20 scroll:60". */
export function triggers(text: string): readonly Trigger[] {
  return words(text).map((word) => {
    const [name = "", value] = word.toLowerCase().split(":");
    return { name, value: number(value, NaN) };
  });
}

function context(data: DOMStringMap): Context {
  const value = number(data["orderValue"], NaN);
  return {
    ...text("page", data["page"]),
    ...text("step", data["step"]),
    ...text("plan", data["plan"]),
    ...text("visitor", data["visitor"]),
    ...(Number.isFinite(value) ? { order_value: value } : {}),
  };
}

function text(name: string, value: string | undefined): Record<string, string> {
  return value ? { [name]: value } : {};
}

function picked(data: DOMStringMap, names: readonly string[]): Record<string, string> {
  return Object.assign({}, ...names.map((name) => text(name, data[name])));
}

function words(value: string | undefined): readonly string[] {
  return (value ?? "").split(/[\s,]+/).filter(Boolean);
}

function number(value: string | undefined, otherwise: number): number {
  const read = Number.parseFloat(value ?? "");
  return Number.isFinite(read) ? read : otherwise;
}
