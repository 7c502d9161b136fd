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
  const clamp = (at, list) => Math.min(Math.max(at, 0), list.length - 1);
  const say = (text) => { $("said").textContent = text; };

  const STEP = 20;
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
    const drawn = document.querySelector("#grid .rh .i").cloneNode(true);
    drawn.firstElementChild.setAttribute("href", "#i-" + name);
    drawn.classList.add("i-14");
    return drawn;
  }

  /* ---- quotes ---- */

  const placeholder = new RegExp(`(\\[(?:${data.masked.join("|") || "$.^"})\\])`);
  const masked = (text) => text.split(placeholder).map((part, at) => (at % 2 ? make("span", { class: "tag", title: t.masked }, part) : part));
  const documentOf = (quote) => data.documents[quote.d];
  const personOf = (quote) => quote.w || documentOf(quote).participant || documentOf(quote).id;
  const people = (places) => new Set(places.map((at) => personOf(data.quotes[at]))).size;
  const theirs = (places) => (places || []).filter((at) => !persona || data.quotes[at].p === persona);

  const languageName = (code) => (/^[a-z]{2,3}$/.test(code) && code !== "und" ? languages.of(code) : "");

  function quoteHead(quote, isAgainst) {
    const from = documentOf(quote);
    const [one, , look] = data.kinds[from.kind] || ["", "", "sources"];
    const when = from.date ? day.format(new Date(from.date)) : null;
    const rest = [one, quote.w || from.participant, languageName(quote.l || from.language), when].filter(Boolean).join(" · ");
    const tag = isAgainst ? make("span", { class: "tag pos" }, t.otherwise) : null;
    return make("div", { class: "qc-h" }, icon(look), make("b", {}, from.id), make("span", {}, rest), tag);
  }

  function quoteCard(at, place, total, isAgainst) {
    const quote = data.quotes[at];
    const asked = quote.k ? make("p", { class: "asked", dir: "auto" }, make("b", {}, t.asked), quote.k) : null;
    const words = [...masked(quote.b ? quote.b + " " : ""), make("mark", {}, ...masked(quote.q)), ...masked(quote.a ? " " + quote.a : "")];
    const language = quote.l || documentOf(quote).language;
    const said = make("blockquote", { dir: "auto", lang: language === "und" ? "" : language }, ...words);
    const label = fill(t.position, { n: place, total });
    return make("article", { class: isAgainst ? "qc against" : "qc", tabindex: -1, "aria-label": label }, quoteHead(quote, isAgainst), asked, said);
  }

  function countedCard(claim, sentence) {
    const head = make("div", { class: "qc-h" }, icon("event"), make("b", {}, claim.source || data.kinds.events[1]));
    return make("article", { class: "qc", tabindex: -1, "aria-label": t.counted }, head, make("p", { class: "counted" }, sentence + " ", make("span", { class: "mm" }, t.counted)));
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
    (open.opener?.closest("[role=gridcell]") || open.opener)?.scrollIntoView({ block: "nearest", inline: "nearest" });
    $("claim-body").scrollTop = 0;
    $("claim-title").focus({ preventScroll: true });
  }

  function hide() {
    if (!open) return;
    mark(false);
    $("evidence").hidden = true;
    document.body.classList.remove("has-side");
    history.replaceState(null, "", "#" + currentView());
    open.opener?.focus();
    open = null;
  }

  const buttonOf = (id) => all("[data-open]").find((one) => one.dataset.open === id && !one.closest("[hidden]"));
  const mark = (isOpen) => open?.opener?.setAttribute("aria-expanded", isOpen);

  function renderHead(claim) {
    const look = { pain: "neg", delight: "pos", gap: "gap", opportunity: "act" }[claim.kind] || "";
    $("claim-kind").className = "tag " + look;
    $("claim-kind").textContent = claim.label;
    $("claim-stage").textContent = [claim.stage, data.personas[persona]].filter(Boolean).join(" · ");
    $("claim-title").replaceChildren(claim.is_verbatim ? make("mark", { class: "verb", dir: "auto" }, claim.title) : claim.title);
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
    const nothing = claim.kind === "unknown" || cards.length || counted.length ? null : make("p", { class: "note" }, persona ? t.no_persona : t.no_quotes);
    const parts = [tabs(claim), partly, otherwise, ...unknown(claim), ...cards.slice(0, 1), ...counted, ...cards.slice(1), nothing, moreQuotes(claim, list.length), ...related(claim)];
    $("claim-body").replaceChildren(...parts.filter(Boolean));
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
    Object.assign(open, { kind, shown: STEP });
    renderBody(claim);
    $("claim-body").querySelector("[aria-checked=true]")?.focus();
  }

  function moreQuotes(claim, total) {
    const next = open.shown;
    if (total <= next) return null;
    return make("button", { class: "btn sm wide", type: "button", onclick: () => {
      open.shown = total;
      renderBody(claim);
      all("article:has(mark)", $("claim-body"))[next]?.focus();
    } }, count("more_quotes", total - next));
  }

  function unknown(claim) {
    if (claim.kind !== "unknown") return [];
    return [[t.why, claim.why], [t.question, claim.question]].map(([head, text]) => make("div", {}, make("p", { class: "up" }, head), make("p", {}, text)));
  }

  function related(claim) {
    return (claim.related || []).map((id) => {
      const { label, title } = data.claims[id];
      const text = claim.kind === "opportunity" ? fill(t.removes, { title }) : `${label}: ${title}`;
      return make("button", { class: "link", type: "button", onclick: () => show(id) }, text);
    });
  }

  function stepQuote(by) {
    const cards = all("article", $("claim-body"));
    cards[clamp(cards.indexOf(document.activeElement.closest("article")) + by, cards)]?.focus();
  }

  function stepClaim(by) {
    const ids = [...new Set(all(".map [data-open]", $("map")).map((one) => one.dataset.open))];
    show(ids[(ids.indexOf(open.id) + by + ids.length) % ids.length]);
  }

  function drawerKeys(event) {
    const step = { j: 1, k: -1 }[event.key.toLowerCase()];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    stepQuote(step);
    event.preventDefault();
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
    const aside = { ArrowRight: isRtl ? -1 : 1, ArrowLeft: isRtl ? 1 : -1 }[event.key];
    const down = { ArrowDown: 1, ArrowUp: -1, PageDown: 3, PageUp: -3 }[event.key];
    if (aside) return [y, x + aside];
    if (down) return [y + down, x];
    const corner = { Home: [event.ctrlKey ? 0 : y, 0], End: [event.ctrlKey ? rows.length - 1 : y, Infinity] };
    return corner[event.key];
  }

  function gridKeys(event) {
    const cell = event.target.closest("[role=gridcell],.st");
    if (!cell || (event.target !== cell && insideCell(event, cell))) return;
    const rows = rowsOfCells();
    const y = rows.findIndex((row) => row.includes(cell));
    const goal = target(rows, y, rows[y].indexOf(cell), event);
    const row = goal && rows[clamp(goal[0], rows)];
    if (row) rove(row[clamp(goal[1], row)]);
    else if (event.target === cell && ["Enter", "F2"].includes(event.key)) enter(buttonsIn(cell));
    else return;
    event.preventDefault();
  }

  function enter(buttons) {
    if (buttons.length === 1) buttons[0].click();
    else buttons[0]?.focus();
  }

  /* Among several cards of a cell: on and back, out with Escape. Tells whether the key was used up. */
  function insideCell(event, cell) {
    const buttons = buttonsIn(cell);
    const step = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1, Tab: event.shiftKey ? -1 : 1 }[event.key];
    const next = buttons[buttons.indexOf(event.target) + step];
    if (event.key === "Escape") rove(cell);
    else if (next) next.focus();
    else return false;
    event.preventDefault();
    return true;
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
    $("heard").textContent = Number(choice.dataset.people) ? count("voices", Number(choice.dataset.people)) : "";
    if (open) show(open.id, open.opener);
    say(choice.textContent.trim());
    choice.focus();
  }

  /* With a persona chosen, a claim counts that persona's people among the quotes in this page: all of
     them only where the page holds a quote of everybody who counts. */
  function countFor(button) {
    const claim = data.claims[button.dataset.open];
    const voices = button.querySelector("[data-voices]");
    const isSilent = claim.quotes.length && claim.kind !== "emotion" && !theirs(claim.quotes).length;
    button.classList.toggle("off", Boolean(persona && isSilent));
    if (voices) tell(voices, claim.quotes, number);
    all("[data-share]", button).forEach((share) => { share.hidden = Boolean(persona); });
  }

  function countStage(place) {
    const quotes = data.quotes.flatMap((quote, at) => (quote.s === place.dataset.count ? [at] : []));
    tell(place, quotes, (n) => count("voices", n));
  }

  function tell(place, quotes, write) {
    const isWhole = people(quotes) >= Number(place.dataset.voices);
    const n = people(theirs(quotes));
    const some = n ? fill(t.at_least, { n: write(n) }) : t.none_quoted;
    place.dataset.everyone ??= place.textContent;
    place.textContent = !persona ? place.dataset.everyone : isWhole ? write(n) : some;
  }

  /* ---- views, stages, rows ---- */

  const views = all(".view").map((view) => view.id);
  const stages = all(".switch button").map((button) => button.dataset.stage);
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

  function chooseStage(stage) {
    all(".map [data-stage]").forEach((one) => one.classList.toggle("on", one.dataset.stage === stage));
    all(".switch button").forEach((one) => one.setAttribute("aria-pressed", one.dataset.stage === stage));
    $("stage-name").textContent = document.querySelector(".st.on h2").textContent;
    $("stage-voices").textContent = document.querySelector(".st.on [data-count]").textContent;
  }

  function stepStage(by) {
    chooseStage(stages[(stages.indexOf($("grid").querySelector(".st.on").dataset.stage) + by + stages.length) % stages.length]);
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
    const now = document.documentElement.dataset;
    const system = matchMedia("(prefers-color-scheme:dark)").matches ? "dark" : "light";
    now.theme = (now.theme || system) === "dark" ? "light" : "dark";
  }

  /* Long words need more room: the poster's map is made smaller until it fits its page. */
  function fitPoster() {
    const poster = document.querySelector(".poster");
    const map = poster.querySelector(".map");
    poster.classList.add("measured");
    for (let size = 1; size >= 0.6; size -= 0.04) {
      poster.style.setProperty("--fit", size);
      if (map.scrollHeight <= map.clientHeight + 1) break;
    }
    poster.classList.remove("measured");
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
  addEventListener("beforeprint", fitPoster);
  chooseStage(all(".pains [data-stage]").sort((a, b) => all(".pc", b).length - all(".pc", a).length)[0].dataset.stage);
  rove(rowsOfCells()[0]?.[0] || all("[role=gridcell]")[0], false);
  look("map");
  goTo();
})();
