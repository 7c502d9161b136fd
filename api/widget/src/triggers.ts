/** When to invite: what the person does on the page, as far as the page asked us to watch. */

import { isOn } from "./choosing.ts";
import type { Config, Trigger } from "./config.ts";
import { listen, safely } from "./safely.ts";

type Invite = () => void;

/** Watch for each trigger; what is watched for more than once is for `invite` to bear. */
export function watch(config: Config, invite: Invite): void {
  for (const trigger of config.triggers) WATCHERS[trigger.name]?.(config, trigger, invite);
}

/** Tell of each page that is shown, the first included, also where no page is loaded. */
export function onPages(act: (path: string, before: string) => void): void {
  let path = before();
  const look = () => {
    const now = location.pathname;
    if (now !== path) act(now, path);
    path = now;
  };
  act(location.pathname, path);
  path = location.pathname;
  const navigation = (window as { navigation?: EventTarget }).navigation;
  listen(navigation, "currententrychange", look);
  listen(window, "popstate", look);
  listen(window, "hashchange", look);
}

/** The page the person comes from, where it is one of the same site. */
function before(): string {
  const from = document.referrer ? new URL(document.referrer) : undefined;
  return from?.origin === location.origin ? from.pathname : "";
}

type Watcher = (config: Config, trigger: Trigger, invite: Invite) => void;

const WATCHERS: Readonly<Record<string, Watcher>> = {
  purchase: (config, _trigger, invite) => onPagesOf(config, "purchase", invite),
  cancel: (config, _trigger, invite) => onPagesOf(config, "cancel", invite),
  basket(config, _trigger, invite) {
    const basket = config.pagesOf["basket"] ?? [];
    const bought = config.pagesOf["purchase"] ?? [];
    onPages((path, from) => {
      if (isOn(from, basket) && !isOn(path, basket) && !isOn(path, bought)) invite();
    });
    onExit(() => isOn(location.pathname, basket) && invite());
  },
  exit: (_config, _trigger, invite) => onExit(invite),
  delay(_config, { value }, invite) {
    setTimeout(safely(invite), (Number.isFinite(value) ? value : 5) * 1000);
  },
  scroll(_config, { value }, invite) {
    const wanted = (Number.isFinite(value) ? value : 50) / 100;
    listen(window, "scroll", () => seen() >= wanted && invite(), { passive: true });
  },
};

/** On a page of its kind; without any named, the script's own page is one. */
function onPagesOf(config: Config, name: string, invite: Invite): void {
  const pages = config.pagesOf[name] ?? [];
  if (pages.length === 0) invite();
  else onPages((path) => isOn(path, pages) && invite());
}

/** The pointer leaves at the top, or, on a phone, the person comes back from another tab. */
function onExit(invite: Invite): void {
  listen(document, "mouseout", (event) => {
    const { relatedTarget, clientY } = event as MouseEvent;
    if (!relatedTarget && clientY <= 0) invite();
  });
  const isTouch = matchMedia("(hover: none)").matches;
  listen(document, "visibilitychange", () => {
    if (isTouch && document.visibilityState === "visible") invite();
  });
}

function seen(): number {
  const page = document.documentElement;
  return (scrollY + innerHeight) / page.scrollHeight;
}
