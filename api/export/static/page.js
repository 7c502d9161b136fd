/* The page's own script: it opens claims, moves through the map by keyboard, and filters by persona.
   Everything a customer wrote enters the page as text, never as markup. No request is ever made. */
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const t = data.words;
  const $ = (id) => document.getElementById(id);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const number = (n) => n.toLocaleString("en");
  const count = (what, n) => fill(data.counted[what][n === 1 ? 0 : 1], { n: number(n) });
  const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
  const languages = new Intl.DisplayNames(["en"], { type: "language", fallback: "code" });
  const STEP = 20;
  const clamp = (at, list) => Math.min(Math.max(at, 0), list.length - 1);
  const say = (text) => { $("said").textContent = text; };

  let persona = "";
  let open = null; // { id, opener, kind: "" or a kind of source, shown }

  /* ---- making elements ---- */

  function make(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
      else if (value !== null && value !== undefined) made.setAttribute(name, value);
    }
    made.append(...children.filter((child) => child !== null && child !== ""));
    return made;
  }

  function icon(name) {
    const space = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(space, "svg");
    const use = document.createElementNS(space, "use");
    use.setAttribute("href", "#i-" + name);
    svg.setAttribute("class", "i i-14");
    svg.setAttribute("aria-hidden", "true");
    svg.append(use);
    return svg;
  }

  /* ---- quotes ---- */

  const documentOf = (quote) => data.documents[quote.d];
  const personOf = (quote) => quote.w || documentOf(quote).participant || documentOf(quote).id;
  const isTheirs = (quote) => !persona || quote.p === persona;
  const people = (places) => new Set(places.map((at) => personOf(data.quotes[at]))).size;
  const theirs = (places) => (places || []).filter((at) => isTheirs(data.quotes[at]));

  function languageName(code) {
    try { return code && code !== "und" ? languages.of(code) : null; } catch { return code; }
  }

  function quoteHead(quote, isAgainst) {
    const from = documentOf(quote);
    const [one, , look] = data.kinds[from.kind] || ["", "", "sources"];
    const who = quote.w || from.participant;
    const when = from.date ? day.format(new Date(from.date)) : null;
    const rest = [one, who, languageName(quote.l || from.language), when].filter(Boolean).join(" · ");
    const tag = isAgainst ? make("span", { class: "tag pos" }, t.otherwise) : null;
    return make("div", { class: "qc-h" }, icon(look), make("b", {}, from.id), make("span", {}, rest), tag);
  }

  function quoteCard(at, place, total, isAgainst) {
    const quote = data.quotes[at];
    const asked = quote.k ? make("p", { class: "asked" }, make("b", {}, t.asked), quote.k) : null;
    const words = [quote.b ? quote.b + " " : "", make("mark", {}, quote.q), quote.a ? " " + quote.a : ""];
    const language = quote.l || documentOf(quote).language;
    const said = make("blockquote", { dir: "auto", lang: language === "und" ? "" : language }, ...words);
    const label = fill(t.position, { n: place, total });
    return make("article", { class: isAgainst ? "qc against" : "qc", tabindex: -1, "aria-label": label }, quoteHead(quote, isAgainst), asked, said);
  }

  function countedCard(claim, sentence) {
    const head = make("div", { class: "qc-h" }, icon("event"), make("b", {}, claim.source || data.kinds.events[1]));
    const words = make("p", { class: "counted" }, sentence + " ", make("span", { class: "mm" }, t.counted));
    return make("article", { class: "qc", tabindex: -1, "aria-label": t.counted }, head, words);
  }

  /* Counter-evidence stands in the same list, after the first few quotes, so nobody has to look for it. */
  function listOf(claim) {
    const kindIs = (entry) => !open.kind || documentOf(data.quotes[entry.at]).kind === open.kind;
    const support = theirs(claim.quotes).map((at) => ({ at, isAgainst: false }));
    const against = theirs(claim.against).map((at) => ({ at, isAgainst: true }));
    return [...support.slice(0, 3), ...against, ...support.slice(3)].filter(kindIs);
  }

  /* ---- the drawer ---- */

  function show(id, opener) {
    const claim = data.claims[id];
    if (!claim) return;
    mark(false);
    open = { id, opener: opener || buttonOf(id), kind: "", shown: STEP };
    mark(true);
    renderHead(claim);
    renderBody(claim);
    (currentView() === "map" ? $("grid").parentElement : $("views").parentElement).append($("evidence"));
    $("evidence").hidden = false;
    document.body.classList.add("has-side");
    history.replaceState(null, "", "#t=" + encodeURIComponent(id));
    open.opener?.scrollIntoView({ block: "nearest", inline: "nearest" });
    $("claim-body").scrollTop = 0;
    $("claim-title").focus({ preventScroll: true });
  }

  function hide() {
    if (!open) return;
    mark(false);
    const { opener } = open;
    open = null;
    $("evidence").hidden = true;
    document.body.classList.remove("has-side");
    history.replaceState(null, "", "#" + currentView());
    opener?.focus();
  }

  const buttonOf = (id) => all("[data-open]").find((one) => one.dataset.open === id && !one.closest("[hidden]"));

  const mark = (isOpen) => open?.opener?.setAttribute("aria-expanded", isOpen);

  function renderHead(claim) {
    const look = { pain: "neg", delight: "pos", gap: "gap", opportunity: "act" }[claim.kind] || "";
    $("claim-kind").className = "tag " + look;
    $("claim-kind").textContent = claim.label;
    $("claim-stage").textContent = [claim.stage, data.personas[persona]].filter(Boolean).join(" · ");
    const title = claim.is_verbatim ? make("mark", { class: "verb", dir: "auto" }, claim.title) : claim.title;
    $("claim-title").replaceChildren(title);
    $("evidence").setAttribute("aria-label", fill(t.evidence_for, { title: claim.title }));
    $("claim-facts").replaceChildren(...facts(claim));
  }

  function facts(claim) {
    const held = theirs(claim.quotes);
    const bars = claim.strength === undefined ? [] : [make("span", { class: "ev", "data-s": claim.strength }, data.strengths[claim.strength])];
    const quoted = held.length ? [fill(t.people_said, { quotes: count("quotes", held.length), people: count("people", people(held)) })] : [];
    return [...bars, ...[...(claim.facts || []), ...quoted].map((fact) => make("span", {}, fact))];
  }

  function renderBody(claim) {
    const list = listOf(claim);
    const held = claim.quotes.length;
    const partly = claim.total > held ? make("p", { class: "note" }, fill(t.shown, { n: number(held), total: number(claim.total) })) : null;
    const against = theirs(claim.against).length;
    const otherwise = against ? make("button", { class: "note pos wide", type: "button", onclick: () => $("claim-body").querySelector("article.against")?.focus() }, icon("info"), count("otherwise", against)) : null;
    const cards = list.slice(0, open.shown).map(({ at, isAgainst }, place) => quoteCard(at, place + 1, list.length, isAgainst));
    const counted = (claim.counted || []).map((sentence) => countedCard(claim, sentence));
    const parts = [tabs(claim), partly, otherwise, ...unknown(claim), ...cards.slice(0, 1), ...counted, ...cards.slice(1), moreQuotes(claim, list.length), ...related(claim)];
    const shown = parts.filter(Boolean);
    const nothing = claim.kind === "unknown" || cards.length || counted.length ? [] : [make("p", { class: "note" }, persona ? t.no_persona : t.no_quotes)];
    $("claim-body").replaceChildren(...shown, ...nothing);
  }

  function tabs(claim) {
    const places = [...theirs(claim.quotes), ...theirs(claim.against)];
    const kinds = Object.keys(data.kinds).map((kind) => [kind, places.filter((at) => documentOf(data.quotes[at]).kind === kind).length]).filter(([, n]) => n);
    if (kinds.length < 2) return null;
    const tab = (kind, name, n) => make("button", { type: "button", role: "radio", "aria-checked": open.kind === kind, tabindex: open.kind === kind ? 0 : -1, onclick: () => pickKind(claim, kind) }, name + " ", make("span", { class: "mm" }, number(n)));
    const group = make("div", { class: "tabs", role: "radiogroup", "aria-label": t.source_kind }, tab("", t.all, places.length), ...kinds.map(([kind, n]) => tab(kind, data.kinds[kind][1], n)));
    group.addEventListener("keydown", moveInGroup);
    return group;
  }

  function pickKind(claim, kind) {
    open.kind = kind;
    open.shown = STEP;
    renderBody(claim);
    $("claim-body").querySelector("[aria-checked=true]")?.focus();
  }

  function moreQuotes(claim, total) {
    const left = total - open.shown;
    if (left <= 0) return null;
    const next = open.shown;
    return make("button", { class: "btn sm wide", type: "button", onclick: () => {
      open.shown = total;
      renderBody(claim);
      all("article", $("claim-body"))[next]?.focus();
    } }, count("more_quotes", left));
  }

  function unknown(claim) {
    if (claim.kind !== "unknown") return [];
    const copy = make("button", { class: "btn sm", type: "button", onclick: () => {
      navigator.clipboard?.writeText(claim.question).then(() => say(t.copied), () => {});
    } }, t.copy_question);
    const part = (head, text) => make("div", {}, make("p", { class: "up" }, head), make("p", {}, text));
    return [part(t.why, claim.why), part(t.question, claim.question), copy];
  }

  function related(claim) {
    const known = (claim.related || []).filter((id) => data.claims[id]);
    return known.map((id) => {
      const other = data.claims[id];
      const text = claim.kind === "opportunity" ? fill(t.removes, { title: other.title }) : `${other.label}: ${other.title}`;
      return make("button", { class: "link", type: "button", onclick: () => show(id) }, text);
    });
  }

  function stepQuote(by) {
    const cards = all("article", $("claim-body"));
    const at = cards.indexOf(document.activeElement.closest("article"));
    cards[clamp(at + by, cards)]?.focus();
  }

  function stepClaim(by) {
    const ids = [...new Set(all(".map [data-open]", $("map")).map((one) => one.dataset.open))];
    const at = ids.indexOf(open.id);
    show(ids[(at + by + ids.length) % ids.length]);
  }

  function drawerKeys(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { j: 1, k: -1 }[event.key.toLowerCase()];
    if (step) stepQuote(step);
    if (event.key === "Escape") hide();
    if (step || event.key === "Escape") event.preventDefault();
  }

  /* ---- the grid: one tab stop, arrows cell by cell ---- */

  const rowsOfCells = () => all("[role=row]", $("grid")).map((row) => all("[role=gridcell],.st", row)).filter((row) => row.length && row[0].offsetParent !== null);
  const buttonsIn = (cell) => all("button", cell).filter((one) => !one.closest("[hidden]"));

  function rove(cell, isFocused = true) {
    all("[tabindex='0']", $("grid")).forEach((one) => one.setAttribute("tabindex", -1));
    cell.setAttribute("tabindex", 0);
    if (isFocused) cell.focus();
  }

  function target(rows, y, x, event) {
    const isRtl = getComputedStyle($("grid")).direction === "rtl";
    const last = rows[0].length - 1;
    const aside = { ArrowRight: isRtl ? -1 : 1, ArrowLeft: isRtl ? 1 : -1 }[event.key];
    const down = { ArrowDown: 1, ArrowUp: -1, PageDown: 3, PageUp: -3 }[event.key];
    if (aside) return [y, x + aside];
    if (down) return [y + down, x];
    const corner = { Home: [event.ctrlKey ? 0 : y, 0], End: [event.ctrlKey ? rows.length - 1 : y, last] };
    return corner[event.key];
  }

  function gridKeys(event) {
    const cell = event.target.closest("[role=gridcell],.st");
    if (!cell) return;
    if (event.target !== cell) return insideCell(event, cell);
    const rows = rowsOfCells();
    const y = rows.findIndex((row) => row.includes(cell));
    const goal = target(rows, y, rows[y].indexOf(cell), event);
    if (goal) {
      const row = rows[clamp(goal[0], rows)];
      rove(row[clamp(goal[1], row)]);
      event.preventDefault();
    } else if (event.key === "Enter" || event.key === "F2") enter(event, cell);
  }

  function enter(event, cell) {
    const buttons = buttonsIn(cell);
    if (buttons.length === 1) buttons[0].click();
    else if (buttons.length) buttons[0].focus();
    event.preventDefault();
  }

  function insideCell(event, cell) {
    const buttons = buttonsIn(cell);
    const at = buttons.indexOf(event.target);
    const isBack = event.key === "ArrowUp" || event.key === "ArrowLeft" || (event.key === "Tab" && event.shiftKey);
    const isOn = event.key === "ArrowDown" || event.key === "ArrowRight" || (event.key === "Tab" && !event.shiftKey);
    if (event.key === "Escape") rove(cell);
    else if ((isBack || isOn) && buttons[at + (isOn ? 1 : -1)]) buttons[at + (isOn ? 1 : -1)].focus();
    else return;
    event.preventDefault();
  }

  /* ---- groups of which one is chosen ---- */

  function moveInGroup(event) {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const choices = all("[role=radio]", event.currentTarget);
    const next = choices[(choices.indexOf(event.target) + step + choices.length) % choices.length];
    event.preventDefault();
    next.focus();
    next.click();
  }

  function group(id, choose) {
    const box = $(id);
    if (!box) return;
    box.addEventListener("keydown", moveInGroup);
    all("[role=radio]", box).forEach((choice) => choice.addEventListener("click", () => {
      all("[role=radio]", box).forEach((one) => {
        one.setAttribute("aria-checked", one === choice);
        one.setAttribute("tabindex", one === choice ? 0 : -1);
      });
      choose(choice);
    }));
  }

  /* ---- whose journey ---- */

  function choosePersona(choice) {
    persona = choice.dataset.persona;
    all(".map [data-open]", $("map")).forEach(countFor);
    all("[data-count]").forEach(countStage);
    $("line").textContent = persona ? t.curve_all : t.line;
    if (open) show(open.id, open.opener);
    say(choice.textContent.trim());
    choice.focus();
  }

  /* With a persona chosen, a claim counts the people of that persona among the quotes in this page. */
  function countFor(button) {
    const claim = data.claims[button.dataset.open];
    const held = theirs(claim.quotes);
    const rested = claim.quotes.length > 0;
    const isWhole = !(claim.total > claim.quotes.length);
    const voices = button.querySelector("[data-voices]");
    const share = button.querySelector("[data-share]");
    button.classList.toggle("off", Boolean(persona) && rested && !held.length && claim.kind !== "emotion");
    if (voices) voices.textContent = swap(voices, isWhole ? number(people(held)) : fill(t.at_least, { n: number(people(held)) }));
    if (share) share.hidden = Boolean(persona);
  }

  function countStage(place) {
    const held = data.quotes.flatMap((quote, at) => (quote.s === place.dataset.count && isTheirs(quote) ? [at] : []));
    const isWhole = !Object.values(data.claims).some((claim) => claim.total > claim.quotes.length);
    const voices = count("voices", people(held));
    place.textContent = swap(place, isWhole ? voices : fill(t.at_least, { n: voices }));
  }

  function swap(place, text) {
    place.dataset.everyone ??= place.textContent;
    return persona ? text : place.dataset.everyone;
  }

  /* ---- views, stages, rows ---- */

  const views = all(".view").map((view) => view.id);
  const currentView = () => views.find((id) => !$(id).hidden) || "map";

  function goTo() {
    const hash = decodeURIComponent(location.hash.slice(1));
    if (hash.startsWith("t=")) show(hash.slice(2));
    else if (views.includes(hash)) look(hash);
  }

  function look(chosen) {
    views.forEach((id) => { $(id).hidden = id !== chosen; });
    all(".nav a").forEach((link) => link.setAttribute("aria-current", link.hash === "#" + chosen ? "page" : "false"));
  }

  const stages = all(".switch button").map((button) => button.dataset.stage);

  function chooseStage(stage) {
    all(".map [data-stage]").forEach((one) => one.classList.toggle("on", one.dataset.stage === stage));
    all(".switch button").forEach((one) => one.setAttribute("aria-pressed", one.dataset.stage === stage));
    const head = all(".st").find((one) => one.dataset.stage === stage);
    $("stage-name").textContent = head.querySelector("h2").textContent;
    $("stage-voices").textContent = head.querySelector("[data-count]").textContent;
  }

  function stepStage(by) {
    const at = stages.indexOf($("grid").querySelector(".st.on").dataset.stage);
    chooseStage(stages[(at + by + stages.length) % stages.length]);
    say($("stage-name").textContent);
  }

  function unfold(button, isOpen) {
    button.previousElementSibling.hidden = !isOpen;
    button.setAttribute("aria-expanded", isOpen);
  }

  function roomy(isRoomy) {
    $("grid").classList.toggle("roomy", isRoomy);
    all(".more").forEach((one) => unfold(one, isRoomy));
  }

  function switchTheme() {
    const root = document.documentElement;
    const isDark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme:dark)").matches;
    root.dataset.theme = isDark ? "light" : "dark";
  }

  /* ---- start ---- */

  document.documentElement.classList.add("js");
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-open],.more");
    if (!button) return;
    const cell = button.closest("[role=gridcell]");
    if (cell) rove(cell, false);
    if (button.matches(".more")) unfold(button, button.getAttribute("aria-expanded") !== "true");
    else show(button.dataset.open, button);
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && !event.defaultPrevented) hide(); });
  all(".map button").forEach((button) => { if (button.closest("[role=gridcell]")) button.tabIndex = -1; });
  $("evidence").addEventListener("keydown", drawerKeys);
  $("grid").addEventListener("keydown", gridKeys);
  $("claim-close").addEventListener("click", hide);
  $("claim-before").addEventListener("click", () => stepClaim(-1));
  $("claim-after").addEventListener("click", () => stepClaim(1));
  $("theme").addEventListener("click", switchTheme);
  $("print").addEventListener("click", () => print());
  group("personas-pick", choosePersona);
  group("height-pick", (choice) => roomy(choice.dataset.height === "roomy"));
  all(".switch button").forEach((button) => button.addEventListener("click", () => chooseStage(button.dataset.stage)));
  $("stage-before").addEventListener("click", () => stepStage(-1));
  $("stage-after").addEventListener("click", () => stepStage(1));
  addEventListener("hashchange", goTo);
  chooseStage(all(".pains [data-stage]").sort((a, b) => all(".pc", b).length - all(".pc", a).length)[0].dataset.stage);
  rove(rowsOfCells()[0]?.[0] || all("[role=gridcell]")[0], false);
  look("map");
  goTo();
})();
