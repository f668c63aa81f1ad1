
"use strict";
// What the pages share. Text from documents reaches the page as text nodes only.
const page = JSON.parse(document.getElementById("page-data").textContent);
const WORDS = new Map(Object.entries(page.words));
const ROWS = 400;
const byId = (id) => document.getElementById(id);
const say = (key) => WORDS.get(key) || key;
const order = new Intl.Collator(page.language, { numeric: true });
const decimal = new Intl.NumberFormat(page.language);
const clip = (text, most = 140) => (text.length > most ? Array.from(text).slice(0, most).join("") + "…" : text);

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

const isolated = (text, attributes = {}) => make("bdi", attributes, text);
const button = (text, click, attributes = {}) =>
  make("button", { type: "button", class: "link", dir: "auto", click, ...attributes }, text);

// Small pictures of the shapes, for the legend.
const OUTLINES = {
  square: "3,3 13,3 13,13 3,13",
  triangle: "8,2 14,13 2,13",
  triangleDown: "2,3 14,3 8,14",
  diamond: "8,1 15,8 8,15 1,8",
  hexagon: "4,2 12,2 15,8 12,14 4,14 1,8",
  star: "8,1 10,6 15,6 11,9.5 12.5,15 8,11.5 3.5,15 5,9.5 1,6 6,6",
};

function icon(shape, fill, border) {
  const space = "http://www.w3.org/2000/svg";
  const picture = document.createElementNS(space, "svg");
  const outline = document.createElementNS(space, OUTLINES[shape] ? "polygon" : "circle");
  const drawn = OUTLINES[shape] ? { points: OUTLINES[shape] } : { cx: 8, cy: 8, r: 5.5 };
  const all = { ...drawn, fill, stroke: border, "stroke-width": 1.5, "stroke-linejoin": "round" };
  for (const [name, value] of Object.entries(all)) outline.setAttribute(name, value);
  for (const [name, value] of Object.entries({ width: 16, height: 16, viewBox: "0 0 16 16", "aria-hidden": true })) {
    picture.setAttribute(name, value);
  }
  picture.append(outline);
  return picture;
}

// ── the picture ────────────────────────────────────────────────────────────────────────────

function drawPicture() {
  // The names are drawn below, by us, at one size on the screen and never across one another.
  const nodes = new vis.DataSet(page.nodes.map((node) => ({ ...node, label: undefined })));
  const edges = new vis.DataSet(page.edges);
  const network = new vis.Network(byId("picture"), { nodes, edges }, page.options);
  network.once("afterDrawing", () => {
    document.documentElement.dataset.drawn = `${nodes.length},${edges.length}`;
  });
  const frame = byId("picture").firstElementChild;
  frame.setAttribute("role", "application");
  frame.setAttribute("aria-label", say("picture"));
  frame.setAttribute("tabindex", "0");
  return { network, nodes, edges, frame };
}

const picture = drawPicture();
const around = page.nodes.map(() => []);
page.edges.forEach((edge) => {
  around[edge.from].push(edge.id);
  if (edge.to !== edge.from) around[edge.to].push(edge.id);
});

// What is chosen, searched for and filtered out; a page adds its own rules to `shows`.
const state = { node: null, edge: null, found: null };
const shows = { node: () => true, edge: () => true };
let counts = () => true;
let present = () => {};
let last = { nodes: new Map(), edges: new Map() };

function inFocus() {
  if (state.node !== null) {
    const edges = new Set(around[state.node].filter((id) => shows.edge(id)));
    const nodes = new Set([state.node]);
    edges.forEach((id) => nodes.add(page.edges[id].from).add(page.edges[id].to));
    return { nodes, edges };
  }
  if (state.edge !== null) {
    const edge = page.edges[state.edge];
    return { nodes: new Set([edge.from, edge.to]), edges: new Set([edge.id]) };
  }
  return state.found ? { nodes: state.found, edges: new Set() } : null;
}

function lookOfNode(node, focus) {
  const near = !focus || focus.nodes.has(node.id);
  return {
    id: node.id,
    hidden: !shows.node(node.id),
    opacity: near ? 1 : 0.14,
    borderWidth: node.id === state.node ? 4 : 1.5,
  };
}

function lookOfEdge(edge, focus) {
  const lit = Boolean(focus && focus.edges.has(edge.id));
  const calm = focus ? Math.min(0.05, edge.color.opacity) : edge.color.opacity;
  return {
    id: edge.id,
    hidden: !shows.edge(edge.id),
    color: lit ? { ...edge.color, color: "#12408a", opacity: 0.95 } : { ...edge.color, opacity: calm },
    width: edge.id === state.edge ? edge.width + 2 : edge.width,
  };
}

// Only what changed is handed to the picture: a click on a large one must not take a second.
function changes(items, look, kept) {
  return items.map(look).filter((next) => {
    const key = JSON.stringify(next);
    const same = kept.get(next.id) === key;
    kept.set(next.id, key);
    return !same;
  });
}

function repaint() {
  const focus = inFocus();
  picture.nodes.update(changes(page.nodes, (node) => lookOfNode(node, focus), last.nodes));
  picture.edges.update(changes(page.edges, (edge) => lookOfEdge(edge, focus), last.edges));
  const shown = [page.nodes.filter((n) => shows.node(n.id)), page.edges.filter((e) => shows.edge(e.id))];
  document.documentElement.dataset.shown = shown.map((each) => each.length).join(",");
  const told = shown.map((each, at) => (at ? each.filter((e) => counts(e.id)) : each).length);
  const all = [page.nodes.length, page.edges.filter((e) => counts(e.id)).length];
  byId("counts").textContent = page.counted.map((key, at) => `${say(key)}: ${counted(told[at], all[at])}`).join(" · ");
}

const counted = (shown, all) => (shown === all ? decimal.format(all) : `${decimal.format(shown)} / ${decimal.format(all)}`);

function choose(choice, { move = false } = {}) {
  state.node = choice.node ?? null;
  state.edge = choice.edge ?? null;
  if (state.node !== null) picture.network.selectNodes([state.node], false);
  else if (state.edge !== null) picture.network.setSelection({ nodes: [], edges: [state.edge] });
  else picture.network.unselectAll();
  if (move) bringIntoView();
  repaint();
  present();
  showTab("details");
  byId("details").scrollTop = 0;
  markRow();
}

function bringIntoView() {
  followed = false;
  const nodes = state.node !== null ? [state.node] : [page.edges[state.edge].from, page.edges[state.edge].to];
  const { clientWidth, clientHeight } = picture.frame;
  const inside = nodes.every((id) => {
    const at = picture.network.canvasToDOM(picture.network.getPosition(id));
    return at.x > 30 && at.y > 30 && at.x < clientWidth - 30 && at.y < clientHeight - 30;
  });
  if (inside && picture.network.getScale() > 0.45) return;
  if (nodes.length > 1) picture.network.fit({ nodes, maxZoomLevel: 1, animation: false });
  else picture.network.moveTo({ position: picture.network.getPosition(nodes[0]), scale: Math.max(picture.network.getScale(), 0.8) });
}

// All points, with room for the names beside them and for what stands at the upper rim.
function fitAll() {
  const { clientWidth, clientHeight } = picture.frame;
  if (!page.nodes.length || !clientWidth || !clientHeight) return;
  const span = (values) => [Math.min(...values), Math.max(...values)];
  const [left, right] = span(page.nodes.map(({ x }) => x));
  const [top, bottom] = span(page.nodes.map(({ y }) => y));
  const room = { side: Math.min(80, clientWidth / 6), top: 52, bottom: 66 };
  const wide = Math.max(80, clientWidth - 2 * room.side) / Math.max(1, right - left);
  const tall = Math.max(80, clientHeight - room.top - room.bottom) / Math.max(1, bottom - top);
  const scale = Math.min(wide, tall, 1.3);
  const shift = (room.bottom - room.top) / 2 / scale;
  picture.network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 + shift }, scale, animation: false });
}

// Until a reader moves the picture, it follows the size of its frame.
let followed = true;
function fitWithFrame() {
  new ResizeObserver(() => { if (followed) fitAll(); }).observe(byId("picture"));
  for (const event of ["dragStart", "zoom"]) picture.network.on(event, () => { followed = false; });
}

function zoom(factor) {
  followed = false;
  picture.network.moveTo({ scale: Math.min(4, Math.max(0.02, picture.network.getScale() * factor)) });
}

// From the chosen point to the nearest one in the arrow's direction.
function step(dx, dy) {
  const shown = page.nodes.filter((node) => shows.node(node.id));
  if (!shown.length) return;
  const from = state.node === null ? null : page.nodes[state.node];
  if (!from) return choose({ node: shown[0].id }, { move: true });
  let best = null;
  for (const node of shown) {
    const [x, y] = [node.x - from.x, node.y - from.y];
    const ahead = x * dx + y * dy;
    const aside = Math.abs(x * dy) + Math.abs(y * dx);
    if (node.id === from.id || ahead <= 0.5) continue;
    const cost = ahead + 2.5 * aside;
    if (!best || cost < best.cost) best = { cost, id: node.id };
  }
  if (best) choose({ node: best.id }, { move: true });
}

const KEYS = new Map([
  ["ArrowLeft", () => step(-1, 0)],
  ["ArrowRight", () => step(1, 0)],
  ["ArrowUp", () => step(0, -1)],
  ["ArrowDown", () => step(0, 1)],
  ["Enter", () => byId("details").focus()],
  ["+", () => zoom(1.3)],
  ["-", () => zoom(1 / 1.3)],
  ["0", fitAll],
]);

// ── names in the picture ───────────────────────────────────────────────────────────────────

const NAME = 12.5;
const LEADING = 1.25;
const FACE = "system-ui, 'Noto Sans', 'Noto Sans CJK SC', 'Noto Sans Arabic', sans-serif";
const captions = page.nodes.map((node) => ({ rows: node.label.split("\n"), width: 0 }));
const byWeight = page.nodes.map((node) => node.id).sort((a, b) => page.nodes[b].size - page.nodes[a].size || a - b);

// Which parts of the picture are taken, by squares, so that a large picture stays quick.
function ground(square) {
  const taken = new Map();
  const squares = (box, act) => {
    for (let x = Math.floor(box.x / square); x <= Math.floor((box.x + box.w) / square); x += 1) {
      for (let y = Math.floor(box.y / square); y <= Math.floor((box.y + box.h) / square); y += 1) {
        if (act(`${x},${y}`) === false) return false;
      }
    }
    return true;
  };
  const apart = (a, b) => a.own === b.own || a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y;
  return {
    free: (box) => squares(box, (key) => (taken.get(key) || []).every((other) => apart(box, other))),
    take: (box) => squares(box, (key) => { taken.has(key) ? taken.get(key).push(box) : taken.set(key, [box]); }),
  };
}

function measure(ink) {
  ink.font = `100px ${FACE}`;
  for (const caption of captions) caption.width = Math.max(...caption.rows.map((row) => ink.measureText(row).width)) / 100;
}

function places(node, caption, size) {
  const [w, h] = [caption.width * size + size * 0.4, caption.rows.length * size * LEADING];
  const far = node.size + size * 0.25;
  return [[-w / 2, far], [far, -h / 2], [-w / 2, -far - h], [-far - w, -h / 2]]
    .map(([dx, dy]) => ({ own: node.id, x: node.x + dx, y: node.y + dy, w, h }));
}

function write(ink, caption, box, size) {
  caption.rows.forEach((row, at) => {
    const [x, y] = [box.x + box.w / 2, box.y + size * LEADING * (at + 0.5)];
    ink.strokeText(row, x, y);
    ink.fillText(row, x, y);
  });
}

function drawNames(ink, keepOff) {
  const size = NAME / picture.network.getScale();
  const focus = inFocus();
  const [from, to] = [{ x: -80, y: 0 }, { x: picture.frame.clientWidth + 80, y: picture.frame.clientHeight + 20 }].map((at) => picture.network.DOMtoCanvas(at));
  const seen = byWeight.filter((id) => {
    const { x, y } = page.nodes[id];
    return shows.node(id) && x > from.x && x < to.x && y > from.y && y < to.y;
  });
  const wanted = seen.filter((id) => !focus || focus.nodes.has(id)).sort((a, b) => (b === state.node) - (a === state.node));
  const room = ground(size * 8);
  keepOff.forEach(room.take);
  for (const id of seen) {
    const { x, y, size: r } = page.nodes[id];
    room.take({ own: id, x: x - r, y: y - r, w: 2 * r, h: 2 * r });
  }
  if (captions.length && !captions[0].width) measure(ink);
  ink.save();
  Object.assign(ink, { font: `${size}px ${FACE}`, textAlign: "center", textBaseline: "middle", lineJoin: "round", lineWidth: size * 0.28, strokeStyle: "rgba(255,255,255,0.92)", fillStyle: "#1d2733" });
  const rim = [{ x: 0, y: 0 }, { x: picture.frame.clientWidth, y: picture.frame.clientHeight }].map((at) => picture.network.DOMtoCanvas(at));
  const whole = (box) => box.x >= rim[0].x && box.y >= rim[0].y && box.x + box.w <= rim[1].x && box.y + box.h <= rim[1].y;
  let written = 0;
  for (const id of wanted) {
    const options = places(page.nodes[id], captions[id], size);
    const box = options.find((each) => whole(each) && room.free(each)) || options.find(room.free) || (id === state.node ? options[0] : null);
    if (!box || written > 500) continue;
    room.take(box);
    write(ink, captions[id], box, size);
    written += 1;
  }
  ink.restore();
}

// A page may draw on top and tell which parts it wants kept clear.
let overlay = () => [];

function listenToPicture() {
  picture.network.on("afterDrawing", (ink) => drawNames(ink, overlay(ink)));
  picture.network.on("click", ({ nodes, edges }) => {
    if (nodes.length) choose({ node: nodes[0] });
    else if (edges.length) choose({ edge: edges[0] });
    else choose({});
  });
  picture.network.on("hoverNode", ({ node, pointer }) => tip(page.told.node(node), pointer.DOM));
  picture.network.on("hoverEdge", ({ edge, pointer }) => tip(page.told.edge(edge), pointer.DOM));
  for (const event of ["blurNode", "blurEdge", "dragStart", "zoom"]) {
    picture.network.on(event, () => { byId("tip").hidden = true; });
  }
  picture.frame.addEventListener("keydown", (event) => {
    const act = KEYS.get(event.key);
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  });
  byId("zoom-in").addEventListener("click", () => zoom(1.3));
  byId("zoom-out").addEventListener("click", () => zoom(1 / 1.3));
  byId("fit").addEventListener("click", () => { followed = true; fitAll(); });
}

function tip(text, at) {
  const box = byId("tip");
  box.textContent = clip(text, 260);
  box.hidden = false;
  const { clientWidth, clientHeight } = picture.frame;
  box.style.left = `${Math.max(4, Math.min(at.x + 14, clientWidth - box.offsetWidth - 4))}px`;
  box.style.top = `${Math.max(4, Math.min(at.y + 14, clientHeight - box.offsetHeight - 4))}px`;
}

// ── search ─────────────────────────────────────────────────────────────────────────────────

const fold = (text) => text.slice(0, 2000).normalize("NFKD").replace(/\p{M}/gu, "").replace(/\s+/g, " ").toLowerCase();
const pressed = (text) => fold(text).replace(/[\s/.()\-]/g, "");

// `items`: {id, label, note, texts}; symbols are found with or without their slashes.
function listenToSearch(items) {
  const field = byId("search");
  const list = byId("found");
  const index = items.map((item) => ({ ...item, text: item.texts.map(fold).join("\n"), tight: item.texts.map(pressed).join("\n") }));
  let at = -1;
  const close = () => { list.hidden = true; field.setAttribute("aria-expanded", "false"); field.removeAttribute("aria-activedescendant"); at = -1; };
  const take = (id) => { close(); state.found = null; choose({ node: id }, { move: true }); };
  const matches = () => {
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
    const found = matches();
    state.node = state.edge = null;
    state.found = found && new Set(found.map((item) => item.id));
    repaint();
    if (!found) return close();
    at = -1;
    list.replaceChildren(...found.slice(0, 30).map((item, place) => make(
      "li", { role: "option", id: `found-${place}`, "aria-selected": "false", "data-node": item.id,
        mousedown: (event) => { event.preventDefault(); take(item.id); } },
      isolated(clip(item.label, 90)), item.note ? make("small", { dir: "auto" }, clip(item.note, 90)) : null)));
    if (!found.length) list.append(make("li", {}, say("no_match")));
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
      state.found = null;
      close();
      repaint();
    }
  });
  field.addEventListener("blur", close);
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) { event.preventDefault(); field.focus(); field.select(); }
    if (event.key === "Escape" && !typing) choose({});
  });
}

// ── tabs ───────────────────────────────────────────────────────────────────────────────────

function showTab(name, focus = false) {
  for (const each of ["details", "table"]) {
    const tab = byId(`tab-${each}`);
    tab.setAttribute("aria-selected", String(each === name));
    tab.tabIndex = each === name ? 0 : -1;
    byId(each).hidden = each !== name;
    if (focus && each === name) tab.focus();
  }
}

function listenToTabs() {
  for (const each of ["details", "table"]) {
    byId(`tab-${each}`).addEventListener("click", () => showTab(each));
    byId(`tab-${each}`).addEventListener("keydown", (event) => {
      if (event.key === "ArrowLeft" || event.key === "ArrowRight") showTab(each === "table" ? "details" : "table", true);
    });
  }
}

// ── the table ──────────────────────────────────────────────────────────────────────────────

// `columns`: {key, word, value(edge id), number}; a row is an edge, its first cell opens it.
let markRow = () => {};
let fillTable = () => {};

function listenToTable(columns, sort) {
  const sorting = { ...sort };
  let most = ROWS;
  let values = [];
  const heads = columns.map((column, at) => make("th", { scope: "col" }, make("button", {
    type: "button",
    click: () => {
      sorting.down = sorting.at === at ? !sorting.down : Boolean(column.number);
      sorting.at = at;
      fillTable();
    } }, say(column.word))));
  const body = make("tbody");
  const more = make("button", { type: "button", class: "more", click: () => { most += ROWS; fillTable(); } }, say("more"));
  const compare = (a, b) => {
    const [x, y] = [values[sorting.at][a], values[sorting.at][b]];
    if (x === y) return a - b;
    if (x === "" || x === null) return 1;
    if (y === "" || y === null) return -1;
    const way = typeof x === "number" && typeof y === "number" ? x - y : order.compare(String(x), String(y));
    return sorting.down ? -way : way;
  };
  const cell = (column, at, id) => {
    const value = values[at][id];
    const text = typeof value === "number" ? decimal.format(value) : clip(value || "", 120);
    if (at > 0) return make("td", { class: column.number ? "number" : null }, isolated(text, { class: "clip" }));
    return make("td", {}, button(text || "—", () => choose({ edge: id }, { move: true })));
  };
  fillTable = () => {
    values = columns.map((column) => page.edges.map((edge) => column.value(edge.id)));
    const rows = page.edges.map((edge) => edge.id).filter((id) => shows.edge(id)).sort(compare);
    heads.forEach((head, at) => head.setAttribute("aria-sort", sorting.at !== at ? "none" : sorting.down ? "descending" : "ascending"));
    body.replaceChildren(...rows.slice(0, most).map((id) =>
      make("tr", { "data-edge": id }, columns.map((column, at) => cell(column, at, id)))));
    more.hidden = rows.length <= most;
    markRow();
  };
  markRow = () => {
    for (const row of body.querySelectorAll(".chosen")) row.classList.remove("chosen");
    if (state.edge !== null) body.querySelector(`[data-edge="${state.edge}"]`)?.classList.add("chosen");
  };
  byId("table").append(make("table", {}, make("thead", {}, make("tr", {}, heads)), body), more);
  fillTable();
}

// ── filters ────────────────────────────────────────────────────────────────────────────────

const refilter = () => { repaint(); fillTable(); };

// One row of boxes; `hidden` is the set of values a reader has switched off.
function boxes(word, rows, hidden) {
  if (!rows.length) return document.createDocumentFragment();
  const chips = rows.map(([value, text, count, drawing]) => make("label", {},
    make("input", {
      type: "checkbox", checked: true, "data-value": value,
      change: (event) => { event.target.checked ? hidden.delete(value) : hidden.add(value); refilter(); },
    }), drawing, isolated(clip(text, 60), { title: clip(text, 300) }), make("span", { class: "number" }, decimal.format(count))));
  return make("fieldset", { "data-filter": word }, make("legend", {}, say(word)), make("div", { class: "chips" }, chips));
}

const keys = (word, rows) => make("div", {}, make("div", { class: "caption" }, say(word)),
  make("div", { class: "chips" }, rows.map(([text, drawing]) => make("span", { class: "key" }, drawing, isolated(text)))));

// ── pieces of the panel ────────────────────────────────────────────────────────────────────

const back = () => make("button", { type: "button", class: "back", click: () => choose({}) }, `← ${say("back")}`.replace("←", document.dir === "rtl" ? "→" : "←"));
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

function open(settings) {
  page.counted = settings.counted;
  page.told = settings.told;
  present = settings.present;
  byId("empty").textContent = page.nodes.length ? "" : say(settings.empty);
  byId("empty").hidden = page.nodes.length > 0;
  listenToPicture();
  fitWithFrame();
  listenToTabs();
  listenToSearch(settings.items);
  listenToTable(settings.columns, settings.sort);
  if (page.focus !== null && page.focus !== undefined) choose({ node: page.focus });
  else { repaint(); present(); }
  picture.network.setSize("100%", "100%");
  fitAll();
}
