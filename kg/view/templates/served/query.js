"use strict";
// Results reach the page as text nodes only; everything is asked of the server the page is from.
(() => {
const page = JSON.parse(document.getElementById("page-data").textContent);
const say = (key, told = {}) => Object.entries(told).reduce((text, [name, value]) => text.replace(`{${name}}`, value), page.words[key] ?? key);
const byId = (id) => document.getElementById(id);
const [text, colours, lines] = ["text", "colours", "lines"].map(byId);
const SHOWN = 1000;
let wrong = null;
let answer = null;

function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

// ── the editor: a text field over a coloured copy of its text ──────────────────────────────

// The tokens of SPARQL 1.1 (section 19.8), as far as colours need them.
const TOKENS = new RegExp([
  /(?<comment>#[^\n]*)/,
  /(?<string>'''[^]*?'''|"""[^]*?"""|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")/,
  /(?<iri><[^<>"{}|^`\\\s]*>)/,
  /(?<variable>[?$]\w+)/,
  /(?<name>(?:[A-Za-z][\w.-]*)?:(?:[\w.:%-]|\\.)*)/,
  /(?<number>\b\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\b)/,
  /(?<keyword>\b(?:SELECT|CONSTRUCT|ASK|DESCRIBE|WHERE|PREFIX|BASE|DISTINCT|REDUCED|FROM|NAMED|ORDER|GROUP|BY|HAVING|LIMIT|OFFSET|ASC|DESC|OPTIONAL|UNION|MINUS|GRAPH|FILTER|BIND|VALUES|AS|IN|NOT|EXISTS|UNDEF|TRUE|FALSE|COUNT|SUM|MIN|MAX|AVG|SAMPLE|GROUP_CONCAT|SEPARATOR|STR|LANG|LANGMATCHES|DATATYPE|BOUND|IRI|URI|BNODE|COALESCE|IF|STRLEN|SUBSTR|UCASE|LCASE|STRSTARTS|STRENDS|CONTAINS|STRBEFORE|STRAFTER|CONCAT|REGEX|REPLACE|YEAR|MONTH|DAY|ISIRI|ISLITERAL|ISNUMERIC|A)\b)/,
].map((each) => each.source).join("|"), "giu");

function colour() {
  const source = text.value;
  const parts = document.createDocumentFragment();
  let at = 0;
  // A very long text is left plain: it must not slow the typing.
  for (const token of source.length < 60000 ? source.matchAll(TOKENS) : []) {
    if (token.index > at) parts.append(source.slice(at, token.index));
    const kind = Object.entries(token.groups).find(([, found]) => found !== undefined)[0];
    parts.append(make("span", { class: `t-${kind}` }, token[0]));
    at = token.index + token[0].length;
  }
  parts.append(source.slice(at), "\n");
  colours.replaceChildren(parts);
  const count = source.split("\n").length;
  lines.replaceChildren(...Array.from({ length: count }, (_, line) =>
    make("span", { class: line + 1 === wrong ? "wrong" : null }, `${line + 1}\n`)));
}

function follow() {
  colours.scrollTop = lines.scrollTop = text.scrollTop;
  colours.scrollLeft = text.scrollLeft;
}

function indent(event) {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); run(); }
}

// ── asking ─────────────────────────────────────────────────────────────────────────────────

const send = (accept) => fetch("/sparql", {
  method: "POST", body: text.value, credentials: "omit",
  headers: { "content-type": "application/sparql-query", accept },
});
const ROWS = "application/sparql-results+json, text/turtle;q=0.9";

function address() {
  const url = new URL("/query", location.href);
  url.searchParams.set("lang", page.lang);
  url.searchParams.set("query", text.value);
  return url.href;
}

async function run() {
  wrong = null;
  answer = null;
  byId("problem").hidden = true;
  byId("said").textContent = say("s_running");
  byId("results").replaceChildren();
  delete document.documentElement.dataset.ran;
  const started = performance.now();
  try {
    const got = await send(ROWS);
    const body = await got.text();
    if (!got.ok) fail(body);
    else if ((got.headers.get("content-type") || "").includes("json")) rows(JSON.parse(body), performance.now() - started);
    else byId("results").append(make("pre", { class: "graph", dir: "ltr" }, body.slice(0, 200000)));
    if (address().length < 8000) history.replaceState(null, "", address());
  } catch (error) {
    byId("said").textContent = `${say("s_failed")}: ${error.message}`;
  }
  colour();
  document.documentElement.dataset.ran = wrong === null ? "done" : `line ${wrong}`;
}

function fail(body) {
  byId("said").textContent = "";
  let told = { message: body };
  try { told = JSON.parse(body); } catch { /* a plain sentence */ }
  wrong = told.line ?? 0;
  const place = told.line ? ` (${say("s_line", { n: told.line })})` : "";
  byId("problem").replaceChildren(`${say("s_failed")}${place}: ${told.message}`);
  if (told.caret) byId("problem").append(make("pre", { dir: "ltr" }, told.caret));
  byId("problem").hidden = false;
}

// ── results ────────────────────────────────────────────────────────────────────────────────

const order = new Intl.Collator(page.language, { numeric: true });
const value = (term) => (term === undefined ? "" : term.value);

function within(term) {
  if (term.type !== "uri") return null;
  const found = /^https:\/\/undocs\.org\/([^#]+)(#.*)?$/.exec(term.value);
  if (found) return `/document?${new URLSearchParams({ symbol: decodeURIComponent(found[1]), lang: page.lang })}${found[2] ?? ""}`;
  const other = /\/(instrument|state)\/([^/#]+)$/.exec(term.value);
  const key = { instrument: "key", state: "code" };
  return other && `/${other[1]}?${new URLSearchParams({ [key[other[1]]]: decodeURIComponent(other[2]), lang: page.lang })}`;
}

function cell(term) {
  if (term === undefined) return make("td", {});
  const name = term.value.replace(/^https:\/\/undocs\.org\//, "").replace(/^https:\/\/w3id\.org\/unkg\//, "");
  const href = within(term);
  const shown = href ? make("a", { href, title: term.value }, make("bdi", {}, name)) : make("bdi", {}, term.type === "uri" ? name : term.value);
  return make("td", { lang: term["xml:lang"] || null, class: /integer|decimal|double/.test(term.datatype || "") ? "number" : null }, shown);
}

function rows(found, took) {
  if ("boolean" in found) {
    byId("said").textContent = `${found.boolean} · ${Math.round(took)} ms`;
    return;
  }
  answer = { columns: found.head.vars, rows: found.results.bindings, sorted: null };
  byId("said").textContent = `${say("s_rows")}: ${answer.rows.length.toLocaleString(page.language)} · ${Math.round(took)} ms`;
  table();
}

function table() {
  const { columns, sorted } = answer;
  if (!answer.rows.length) { byId("results").replaceChildren(make("p", { class: "faint" }, say("s_no_rows"))); return; }
  const head = columns.map((column) => {
    const way = sorted && sorted.column === column ? (sorted.down ? "descending" : "ascending") : null;
    return make("th", { scope: "col", "aria-sort": way }, make("button", { type: "button", click: () => sort(column) }, column));
  });
  const body = answer.rows.slice(0, SHOWN).map((row) => make("tr", {}, ...columns.map((column) => cell(row[column]))));
  const parts = [make("table", {}, make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...body))];
  if (answer.rows.length > SHOWN) parts.push(make("p", { class: "faint" }, say("s_cut", { n: SHOWN })));
  byId("results").replaceChildren(...parts);
}

function sort(column) {
  const down = answer.sorted?.column === column && !answer.sorted.down;
  answer.sorted = { column, down };
  answer.rows.sort((a, b) => order.compare(value(a[column]), value(b[column])) * (down ? -1 : 1));
  table();
}

async function download(accept, ending) {
  const got = await send(accept);
  if (!got.ok) { fail(await got.text()); colour(); return; }
  const link = make("a", { href: URL.createObjectURL(await got.blob()), download: `unkg-query.${ending}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

text.addEventListener("input", () => { wrong = null; colour(); });
text.addEventListener("scroll", follow);
text.addEventListener("keydown", indent);
byId("run").addEventListener("click", run);
byId("csv").addEventListener("click", () => download("text/csv, text/turtle;q=0.5", "csv"));
byId("json").addEventListener("click", () => download("application/sparql-results+json, application/ld+json;q=0.5", "json"));
byId("share").addEventListener("click", async (event) => {
  event.preventDefault();
  byId("share").href = address();
  history.replaceState(null, "", address());
  try { await navigator.clipboard.writeText(address()); byId("said").textContent = say("s_copied"); } catch { /* the address bar has it */ }
});
colour();
document.querySelector(".named details[open]")?.scrollIntoView({ block: "nearest" });
document.documentElement.dataset.drawn = String(document.querySelectorAll(".named details").length);
if (page.run) run();
})();
