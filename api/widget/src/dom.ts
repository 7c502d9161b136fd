/** Elements without HTML: nothing of what anybody said is ever parsed. */

import { safely } from "./safely.ts";

type Child = Node | string | false | null | undefined;
type Value = string | number | boolean | undefined | ((event: never) => unknown);

/** Make an element; a function is a listener, `false` and `undefined` leave an attribute out. */
export function h<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, Value>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(key, safely(value as () => unknown));
    else if (value !== undefined && value !== false) element.setAttribute(key, String(value));
  }
  element.append(...children.filter((child) => child !== false && child != null) as (Node | string)[]);
  return element;
}

/** A button that says what it does. */
export function button(label: string, style: string, click: () => unknown): HTMLButtonElement {
  return h("button", { type: "button", class: style, click }, label);
}

const OUTLINES = {
  close: "m6 6 12 12M18 6 6 18",
  send: "M12 19V5M6 11l6-6 6 6",
  check: "m5 12.5 4.5 4.5L19 7.5",
};

export function icon(name: keyof typeof OUTLINES): SVGSVGElement {
  const svg = "http://www.w3.org/2000/svg";
  const drawn = document.createElementNS(svg, "svg");
  const set = {
    viewBox: "0 0 24 24", width: "20", height: "20", fill: "none", stroke: "currentColor",
    "stroke-width": "1.8", "stroke-linecap": "round", "stroke-linejoin": "round", "aria-hidden": "true",
  };
  for (const [key, value] of Object.entries(set)) drawn.setAttribute(key, value);
  const path = document.createElementNS(svg, "path");
  path.setAttribute("d", OUTLINES[name]);
  drawn.append(path);
  return drawn;
}
