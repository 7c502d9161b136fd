/** Eight colours and a font, which a company may set; everything else follows from them. */

import css from "./widget.css";

const COLOURS = ["accent", "on", "bg", "soft", "ink", "ink2", "line", "edge"];

/** The styles, as sheets that no Content-Security-Policy for styles stands in the way of. */
export class Theme {
  readonly #own = new CSSStyleSheet();
  readonly #moving = new CSSStyleSheet();

  constructor(root: ShadowRoot) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet, this.#own, this.#moving];
  }

  /** Take what is a colour or a font, and leave out what is not: a value cannot bring in rules. */
  set(appearance: Readonly<Record<string, string>>): void {
    const colours = colour(appearance).map((name) => `--w-${name}:${appearance[name]};`);
    const font = isValue("font-family", appearance["font"]) ? `--w-font:${appearance["font"]};` : "";
    this.#own.replaceSync(`.tlw.tlw{${colours.join("")}${font}}`);
  }

  /** How far it is, and how much of the window the keyboard covers. */
  move(share: number, covered: number): void {
    const rules = `.pg i{width:${Math.round(share * 100)}%}.tlw{--w-up:${Math.round(covered)}px}`;
    this.#moving.replaceSync(rules);
  }
}

/** Dark where it is asked for; where nothing is, as the person's system is, unless the company has
 *  colours of its own, which are drawn as they were chosen. */
export function isDark(appearance: Readonly<Record<string, string>>): boolean {
  if (appearance["theme"] === "dark") return true;
  const isOpen = appearance["theme"] === "auto" || (!appearance["theme"] && !colour(appearance).length);
  return isOpen && matchMedia("(prefers-color-scheme: dark)").matches;
}

function colour(appearance: Readonly<Record<string, string>>): readonly string[] {
  return COLOURS.filter((name) => isValue("color", appearance[name]));
}

function isValue(property: string, value: string | undefined): boolean {
  return !!value && !/[;{}\\]|\/\*|url\(/i.test(value) && CSS.supports(property, value);
}
