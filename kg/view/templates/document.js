"use strict";
// What was read into the page came from documents: it reaches the page as text nodes only.
(() => {
const page = JSON.parse(document.getElementById("page-data").textContent);
const say = (key) => page.words[key] ?? key;
const panel = document.getElementById("panel");
const lists = document.getElementById("lists");
const numbers = (element) => element.dataset.f.split(" ").map(Number);
const places = page.facts.map(() => []);
const marks = [...document.querySelectorAll("main [data-f]")];
marks.forEach((mark) => numbers(mark).forEach((fact) => places[fact].push(mark)));
let from = null;

function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value !== null) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

const shownKinds = () =>
  new Set([...document.querySelectorAll(".kinds input:checked")].map((box) => box.value));

function light(facts) {
  marks.forEach((mark) => mark.classList.remove("on"));
  facts.forEach((fact) => places[fact].forEach((mark) => mark.classList.add("on")));
}

function told(fact) {
  const { kind, name, rows, href, outside, quote, paragraph, where } = page.facts[fact];
  const list = make("dl", {});
  rows.forEach(([key, text]) => list.append(make("dt", {}, key), make("dd", { dir: "auto" }, text)));
  if (paragraph) list.append(make("dt", {}, say("s_paragraph")), make("dd", {}, make("a", { href: `#${paragraph}` }, where)));
  const link = href && make("a", outside ? { href, rel: "noopener noreferrer", target: "_blank" } : { href }, outside ? say("s_at_un") : say("s_open_here"));
  return make("section", { class: "told", mouseenter: () => light([fact]), focusin: () => light([fact]) },
    make("p", { class: "kind" }, make("span", { class: `m ${kind}` }, say(`mark_${kind}`))),
    make("h3", { dir: "auto" }, name),
    make("blockquote", { dir: "auto", lang: page.spoken }, quote), list, ...(link ? [make("p", {}, link)] : []));
}

function open(facts, mark) {
  const kinds = shownKinds();
  const seen = facts.filter((fact) => kinds.has(page.facts[fact].kind));
  const all = seen.length ? seen : facts;
  from = mark;
  panel.replaceChildren(
    make("button", { type: "button", class: "close", click: close, "aria-label": say("s_close") }, "✕"),
    ...all.map(told));
  panel.hidden = false;
  lists.hidden = true;
  light([all[0]]);
  panel.parentElement.scrollTop = 0;
  const { start, end } = page.facts[all[0]];
  address(`#char=${start},${end}`);
  document.documentElement.dataset.open = all.join(" ");
}

function address(next) {
  // A page inside a notebook has no address of its own.
  try { history.replaceState(null, "", next); }
  catch { return; }
}

function close() {
  if (panel.hidden) return;
  panel.hidden = true;
  lists.hidden = false;
  light([]);
  delete document.documentElement.dataset.open;
  address(location.pathname + location.search);
  if (from) from.focus({ preventScroll: true });
}

// To the words of a fact, and what is told of them.
function go(fact, mark) {
  const first = places[fact][0];
  if (!first) return;
  first.scrollIntoView({ block: "center" });
  const kind = page.facts[fact].kind;
  const box = document.querySelector(`.kinds input[value="${kind}"]`);
  if (box && !box.checked) { box.checked = true; filter(); }
  open([fact], mark);
}

function filter() {
  const kinds = shownKinds();
  for (const kind of page.kinds) document.body.classList.toggle(`no-${kind}`, !kinds.has(kind));
  const reach = (mark) => mark.hasAttribute("role") && mark.dataset.first === "" && numbers(mark).some((fact) => kinds.has(page.facts[fact].kind));
  marks.forEach((mark) => {
    if (mark.getAttribute("role") !== "button") return;
    if (reach(mark)) mark.tabIndex = 0;
    else mark.removeAttribute("tabindex");
  });
  document.documentElement.dataset.shown = String(page.facts.filter((fact) => kinds.has(fact.kind)).length);
}

function follow() {
  const at = /^#char=(\d+),(\d+)$/.exec(location.hash);
  if (!at) return;
  const fact = page.facts.findIndex((each) => each.start === Number(at[1]) && each.end === Number(at[2]));
  if (fact >= 0) go(fact, places[fact][0]);
}

document.addEventListener("click", (event) => {
  const mark = event.target.closest("[data-f]");
  if (!mark || mark.closest("a.marker")) return;
  if (mark.closest("main") && mark.getAttribute("role") === "button") open(numbers(mark), mark);
  else go(numbers(mark)[0], mark);
});
document.addEventListener("keydown", (event) => {
  const mark = event.target.closest?.("main [data-f][role=button]");
  if (mark && (event.key === "Enter" || event.key === " ")) {
    event.preventDefault();
    open(numbers(mark), mark);
    panel.focus({ preventScroll: true });
  } else if (event.key === "Escape") close();
});
document.querySelectorAll(".kinds input").forEach((box) => box.addEventListener("change", filter));
addEventListener("hashchange", follow);
addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((each) => { each.open = true; }));
marks.forEach((mark) => { if (mark.hasAttribute("tabindex")) mark.dataset.first = ""; });
filter();
follow();
document.documentElement.dataset.drawn = `${page.facts.length},${marks.length}`;
})();
