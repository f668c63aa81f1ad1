
"use strict";
// What all pages share. Text from documents reaches the page as text nodes only.
let page = null;
let WORDS = new Map();
let order = null;
let decimal = null;
const ROWS = 400;
const byId = (id) => document.getElementById(id);
const say = (key) => WORDS.get(key) || key;
const clip = (text, most = 140) => (text.length > most ? Array.from(text.slice(0, 2 * most)).slice(0, most).join("") + "…" : text);

// Calls `start` once the page's data is there: at once, or unpacked where it is long.
function whenRead(start) {
  const store = byId("page-data");
  const begin = (text) => {
    page = JSON.parse(text);
    store.remove();
    WORDS = new Map(Object.entries(page.words));
    order = new Intl.Collator(page.language, { numeric: true });
    decimal = new Intl.NumberFormat(page.language);
    start();
  };
  if (store.dataset.packing === "none") return begin(store.textContent);
  const bytes = Uint8Array.from(atob(store.textContent), (c) => c.charCodeAt(0));
  const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(plain).text().then(begin);
}

// Columns back to rows.
function rowsOf({ length, columns }) {
  const names = Object.keys(columns);
  const values = names.map((name) => {
    const column = columns[name];
    return Array.isArray(column) ? (at) => column[at] : (at) => column.values[column.at[at]];
  });
  return Array.from({ length }, (_, at) => {
    const row = {};
    names.forEach((name, place) => { row[name] = values[place](at); });
    return row;
  });
}

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name, value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined) element.append(child);
  }
  return element;
}

function drawn(tag, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

const isolated = (text, attributes = {}) => make("bdi", attributes, text);
const button = (text, click, attributes = {}) =>
  make("button", { type: "button", class: "link", dir: "auto", click, ...attributes }, text);

// ── what the address keeps ─────────────────────────────────────────────────────────────────

// Parts of the page's state by name: `get` gives a text or null, `set` takes one back.
const kept = new Map();
let writing = 0;
let restoring = false;
const keep = (name, get, set) => kept.set(name, { get, set });

function address() {
  const parts = new URLSearchParams();
  for (const [name, { get }] of kept) {
    const value = get();
    if (value !== null && value !== undefined && value !== "") parts.set(name, value);
  }
  return `#${parts}`;
}

// Browsers allow few changes of the address in a short time.
function remember() {
  if (restoring) return;
  clearTimeout(writing);
  writing = setTimeout(() => {
    const next = address();
    if (next === (location.hash || "#")) return;
    try { history.replaceState(null, "", next === "#" ? location.pathname + location.search : next); }
    catch { /* a page within a page may not change its address */ }
  }, 120);
}

function restore() {
  const parts = new URLSearchParams(location.hash.slice(1));
  restoring = true;
  for (const [name, { set }] of kept) set(parts.get(name));
  restoring = false;
}

const followAddress = () => window.addEventListener("hashchange", restore);

// ── files ──────────────────────────────────────────────────────────────────────────────────

function download(blob, ending) {
  const stem = page.title.replace(/[^\p{L}\p{N}]+/gu, "_").slice(0, 60) || "picture";
  const link = make("a", { href: URL.createObjectURL(blob), download: `${stem}.${ending}` });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

// ── search ─────────────────────────────────────────────────────────────────────────────────

const fold = (text) => text.slice(0, 2000).normalize("NFKD").replace(/\p{M}/gu, "").replace(/\s+/g, " ").toLowerCase();
const pressed = (text) => fold(text).replace(/[\s/.()\-]/g, "");

// `items`: {id, label, note, texts}; symbols are found with or without their slashes. `found`
// hears of the ids that match (null without a query), `taken` of the one chosen.
function listenToSearch(items, { found, taken }) {
  const field = byId("search");
  const list = byId("found");
  let index = null;
  let at = -1;
  const close = () => { list.hidden = true; field.setAttribute("aria-expanded", "false"); field.removeAttribute("aria-activedescendant"); at = -1; };
  const take = (id) => { close(); found(null); taken(id); };
  const matches = () => {
    index ??= items.map((item) => ({ ...item, text: item.texts.map(fold).join("\n"), tight: item.texts.map(pressed).join("\n") }));
    const [text, tight] = [fold(field.value).trim(), pressed(field.value)];
    if (!text) return null;
    return index.filter((item) => item.text.includes(text) || (tight && item.tight.includes(tight)));
  };
  const point = (next) => {
    const options = [...list.querySelectorAll("[role=option]")];
    if (!options.length) return;
    at = (next + options.length) % options.length;
    options.forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
    field.setAttribute("aria-activedescendant", options[at].id);
    options[at].scrollIntoView({ block: "nearest" });
  };
  field.addEventListener("input", () => {
    const here = matches();
    found(here && new Set(here.map((item) => item.id)));
    if (!here) return close();
    at = -1;
    list.replaceChildren(...here.slice(0, 30).map((item, place) => make(
      "li", { role: "option", id: `found-${place}`, "aria-selected": "false", "data-node": item.id,
        mousedown: (event) => { event.preventDefault(); take(item.id); } },
      isolated(clip(item.label, 90)), item.note ? make("small", { dir: "auto" }, clip(item.note, 90)) : null)));
    if (!here.length) list.append(make("li", {}, say("no_match")));
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") { event.preventDefault(); point(at + 1); }
    else if (event.key === "ArrowUp") { event.preventDefault(); point(at - 1); }
    else if (event.key === "Enter") {
      const option = list.querySelectorAll("[role=option]")[Math.max(at, 0)];
      if (option && !list.hidden) take(Number(option.dataset.node));
    } else if (event.key === "Escape") {
      event.stopPropagation();
      field.value = "";
      close();
      found(null);
    }
  });
  field.addEventListener("blur", close);
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) { event.preventDefault(); field.focus(); field.select(); }
  });
}

// ── tabs ───────────────────────────────────────────────────────────────────────────────────

let shownTab = "details";
let onTab = () => {};

function showTab(name, focus = false) {
  shownTab = name;
  for (const each of ["details", "table"]) {
    const tab = byId(`tab-${each}`);
    tab.setAttribute("aria-selected", String(each === name));
    tab.tabIndex = each === name ? 0 : -1;
    byId(each).hidden = each !== name;
    if (focus && each === name) tab.focus();
  }
  onTab();
  remember();
}

function listenToTabs() {
  for (const each of ["details", "table"]) {
    byId(`tab-${each}`).addEventListener("click", () => showTab(each));
    byId(`tab-${each}`).addEventListener("keydown", (event) => {
      if (event.key === "ArrowLeft" || event.key === "ArrowRight") showTab(each === "table" ? "details" : "table", true);
    });
  }
}

// ── tables ─────────────────────────────────────────────────────────────────────────────────

// Values in the order a reader of the page's language expects; what is empty comes last.
function ranks(values) {
  if (values.every((value) => typeof value === "number" || value === null)) return values.map((value) => value ?? Infinity);
  const sorted = [...new Set(values)].filter((value) => value !== "" && value !== null).sort((a, b) => order.compare(a, b));
  const place = new Map(sorted.map((value, at) => [value, at]));
  return values.map((value) => place.get(value) ?? Infinity);
}

// A sortable table. `ids()` are its rows, `columns` {word, value(id), number}; the first cell of
// a row opens it; long tables grow by steps. `marked()` is the id of the chosen row.
function sortable({ name, ids, columns, sort, opens, marked }) {
  const sorting = { ...sort };
  let most = ROWS;
  const heads = columns.map((column, at) => make("th", { scope: "col" }, make("button", {
    type: "button",
    click: () => {
      sorting.down = sorting.at === at ? !sorting.down : Boolean(column.number);
      sorting.at = at;
      fill();
      remember();
    } }, say(column.word))));
  const body = make("tbody");
  const more = make("button", { type: "button", class: "more", click: () => { most += ROWS; fill(); } }, say("more"));
  const cell = (column, at, id) => {
    const value = column.value(id);
    const text = typeof value === "number" ? (column.plain ? String(value) : decimal.format(value)) : clip(value || "", 120);
    if (at > 0) return make("td", { class: column.number ? "number" : null }, isolated(text, { class: "clip" }));
    return make("td", {}, button(text || "—", () => opens(id)));
  };
  const mark = () => {
    for (const row of body.querySelectorAll(".chosen")) row.classList.remove("chosen");
    if (marked() !== null) body.querySelector(`[data-${name}="${marked()}"]`)?.classList.add("chosen");
  };
  const fill = () => {
    const rows = ids();
    const rank = ranks(rows.map((id) => columns[sorting.at].value(id)));
    const way = sorting.down ? -1 : 1;
    const places = rows.map((_, at) => at).sort((a, b) => {
      if (rank[a] === rank[b]) return a - b;
      if (rank[a] === Infinity || rank[b] === Infinity) return rank[a] - rank[b];
      return way * (rank[a] - rank[b]);
    });
    heads.forEach((head, at) => head.setAttribute("aria-sort", sorting.at !== at ? "none" : sorting.down ? "descending" : "ascending"));
    body.replaceChildren(...places.slice(0, most).map((at) =>
      make("tr", { [`data-${name}`]: rows[at] }, columns.map((column, place) => cell(column, place, rows[at])))));
    more.hidden = rows.length <= most;
    mark();
  };
  const first = `${sort.at}${sort.down ? "d" : "u"}`;
  return {
    element: make("div", {}, make("table", {}, make("thead", {}, make("tr", {}, heads)), body), more),
    fill,
    mark,
    get: () => { const now = `${sorting.at}${sorting.down ? "d" : "u"}`; return now === first ? null : now; },
    set: (text) => {
      const found = /^(\d)([du])$/.exec(text ?? first);
      if (!found || !columns[Number(found[1])]) return;
      Object.assign(sorting, { at: Number(found[1]), down: found[2] === "d" });
    },
  };
}

// ── pieces of a panel ──────────────────────────────────────────────────────────────────────

const heading = (word, count) => make("h3", {}, say(word), " ", make("span", { class: "number" }, decimal.format(count)));
const facts = (pairs) => make("dl", {}, pairs.filter(([, value]) => value !== "" && value !== null && value !== undefined)
  .map(([word, value]) => [make("dt", {}, say(word)), make("dd", { dir: "auto" }, value)]));

function bar(share) {
  const fill = make("i");
  fill.style.width = `${Math.round(Math.min(1, Math.max(0, share)) * 100)}%`;
  return make("span", { class: "bar", "aria-hidden": true }, fill);
}

// A long list opens step by step.
function list(items, row, most = 60) {
  const box = make("ul", { class: "list" });
  const more = make("button", { type: "button", class: "more", click: () => fill(box.childElementCount + ROWS) }, say("more"));
  const fill = (upTo) => {
    box.append(...items.slice(box.childElementCount, upTo).map(row));
    more.hidden = items.length <= upTo;
  };
  fill(most);
  return [box, more];
}

// Only an address of the web's own kind becomes a link, and nothing is asked for before a click.
function outside(address) {
  if (!/^https:\/\/(undocs\.org|docs\.un\.org)\//.test(address)) return null;
  return make("p", {}, make("a", { class: "outside", href: address, target: "_blank", rel: "noopener noreferrer" }, say("open_document")));
}

// A choice of one value, with its name before it.
function selection(id, word, options, change) {
  const box = make("select", { id, change: (event) => change(event.target.value) },
    options.map(([value, text]) => make("option", { value }, text)));
  return make("label", { class: "tool" }, make("span", {}, say(word)), box);
}

// Small pictures of the shapes, for the legend.
// The fragment of a paragraph's IRI as the United Nations name such a paragraph.
function placeWord(fragment) {
  const found = /^(?:draft-(.+?)-)?(pp|op|para-|annex-)([^-].*)$/.exec(fragment ?? "");
  if (!found) return fragment;
  const told = (key, n) => say(key).replace("{n}", n).trim();
  const plain = (text) => { try { return decodeURIComponent(text); } catch { return text; } };
  const [, part, kind, n] = found;
  const paragraph = told(`para_${kind.replace("-", "")}`, plain(n));
  if (part === undefined) return paragraph;
  const decision = /^decision-?(.*)$/.exec(part);
  return `${decision ? told("draft_decision_n", plain(decision[1])) : told("draft_resolution_n", plain(part))}${say("comma")}${paragraph}`;
}

const OUTLINES = {
  square: [[-1, -1], [1, -1], [1, 1], [-1, 1]],
  triangle: [[0, -1.1], [1.1, 0.95], [-1.1, 0.95]],
  triangleDown: [[0, 1.1], [1.1, -0.95], [-1.1, -0.95]],
  diamond: [[0, -1.15], [1.15, 0], [0, 1.15], [-1.15, 0]],
  hexagon: [0, 1, 2, 3, 4, 5].map((at) => [Math.cos(at * Math.PI / 3), Math.sin(at * Math.PI / 3)]),
  star: Array.from({ length: 10 }, (_, at) => {
    const [far, turn] = [at % 2 ? 0.55 : 1.3, at * Math.PI / 5 - Math.PI / 2];
    return [far * Math.cos(turn), far * Math.sin(turn)];
  }),
};

function outline(shape, x, y, size, paint) {
  const corners = OUTLINES[shape];
  if (!corners) return drawn("circle", { cx: x, cy: y, r: size, ...paint });
  const points = corners.map(([dx, dy]) => `${(x + dx * size).toFixed(1)},${(y + dy * size).toFixed(1)}`).join(" ");
  return drawn("polygon", { points, "stroke-linejoin": "round", ...paint });
}

const icon = (shape, fill, stroke) => drawn("svg", { width: 16, height: 16, viewBox: "-8 -8 16 16", "aria-hidden": true },
  outline(shape, 0, 0, 5.2, { fill, stroke, "stroke-width": 1.5 }));
