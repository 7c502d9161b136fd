/** Whom to invite, and where: pages, the sample, and once in so many days. Pure. */

import type { Config } from "./config.ts";

const DAY_MS = 86_400_000;

/** Whether a path is one of those given; `*` stands for anything. */
export function isOn(path: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => {
    const literal = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
    return new RegExp(`^${literal.join(".*")}$`).test(path);
  });
}

export function isShownOn(path: string, config: Config): boolean {
  const isWanted = config.pages.length === 0 || isOn(path, config.pages);
  return isWanted && !isOn(path, config.notPages);
}

/**
 * Whether this visitor is in the sample.
 *
 * A visitor whom the page names is in it on every page or on none. Of others nothing is known,
 * as nothing is stored about them: for them it is drawn once for each page they load.
 */
export function isSampled(config: Config, draw: number): boolean {
  const visitor = config.context.visitor;
  return (visitor ? share(`${config.survey} ${visitor}`) : draw) < config.sample;
}

export function isTooSoon(openedAt: number | undefined, now: number, config: Config): boolean {
  return openedAt !== undefined && now - openedAt < config.everyDays * DAY_MS;
}

/** Spread names evenly over 0 to 1: FNV-1a, stirred as murmur3 ends. */
function share(name: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(name)) hash = Math.imul(hash ^ byte, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
