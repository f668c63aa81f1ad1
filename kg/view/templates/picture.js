
// ── the picture: what is shown, chosen and named; a surface (vis.js, webgl.js) draws it ────────

const HIDDEN = 0, FAINT = 1, PLAIN = 2, LIT = 3, CHOSEN = 4;
// More lines than this are drawn straight.
const CURVED = 1200;
let picture = null;
let around = [];
let theme = null;

// What is chosen, searched for and filtered out; a page adds its own rules to `shows`.
const state = { node: null, edge: null, found: null };
const shows = { node: () => true, edge: () => true };
const looks = { version: 0, node: (id) => tinted(page.nodes[id].color), edge: () => ({}) };
let counts = () => true;
let present = () => {};
let settings = null;
let dimmed = true;

const mix = (colour, other, share) => "#" + [1, 3, 5].map((at) =>
  Math.round(parseInt(colour.slice(at, at + 2), 16) * (1 - share) + parseInt(other.slice(at, at + 2), 16) * share)
    .toString(16).padStart(2, "0")).join("");

const themeName = () => getComputedStyle(document.documentElement).getPropertyValue("--name").trim();
// A page that draws more than the picture draws it anew where colours change.
let matrixDrawn = () => {};

function readTheme() {
  const style = getComputedStyle(document.documentElement);
  const names = ["ink", "soft", "paper", "line", "accent", "strip", "strip2", "halo"];
  theme = Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
  theme.name = style.getPropertyValue("--name").trim();
  theme.dark = theme.name === "dark";
}

// A fill and its rim on the page's ground; on a dark ground the rim is the lighter of the two.
function tinted({ background, border }) {
  const rim = theme.dark ? mix(background || border, "#ffffff", 0.5) : border;
  return [background || theme.paper, rim];
}

function linkUp() {
  around = page.nodes.map(() => []);
  page.edges.forEach((edge, id) => {
    around[edge.from].push(id);
    if (edge.to !== edge.from) around[edge.to].push(id);
  });
}

function inFocus() {
  if (state.node !== null) {
    const edges = new Set(around[state.node].filter((id) => shows.edge(id)));
    const nodes = new Set([state.node]);
    edges.forEach((id) => nodes.add(page.edges[id].from).add(page.edges[id].to));
    return { nodes, edges };
  }
  if (state.edge !== null) {
    const edge = page.edges[state.edge];
    return { nodes: new Set([edge.from, edge.to]), edges: new Set([state.edge]) };
  }
  return state.found ? { nodes: state.found, edges: new Set() } : null;
}

let shades = { nodes: [], edges: [] };

function repaint() {
  const focus = inFocus();
  const calm = focus && dimmed ? FAINT : PLAIN;
  shades = {
    nodes: page.nodes.map((_, id) => (!shows.node(id) ? HIDDEN : id === state.node ? CHOSEN : !focus || focus.nodes.has(id) ? PLAIN : calm)),
    edges: page.edges.map((_, id) => (!shows.edge(id) ? HIDDEN : id === state.edge ? CHOSEN : focus?.edges.has(id) ? LIT : focus ? calm : PLAIN)),
  };
  picture.paint(shades.nodes, shades.edges);
  picture.mark(state.node, state.edge);
  tell();
}

const counted = (shown, all) => (shown === all ? decimal.format(all) : `${decimal.format(shown)} / ${decimal.format(all)}`);

function tell() {
  const shown = [shades.nodes, shades.edges].map((each) => each.reduce((sum, shade) => sum + (shade !== HIDDEN), 0));
  document.documentElement.dataset.shown = shown.join(",");
  const told = [shown[0], shades.edges.reduce((sum, shade, id) => sum + (shade !== HIDDEN && counts(id)), 0)];
  const all = [page.nodes.length, page.edges.reduce((sum, _, id) => sum + counts(id), 0)];
  byId("counts").textContent = page.counted.map((key, at) => `${say(key)}${say("colon")}${counted(told[at], all[at])}`).join(" · ");
}

// `dim` false leaves the others as they are: the document a page opens with is marked, no more.
function choose(choice, { move = false, dim = true } = {}) {
  state.node = choice.node ?? null;
  state.edge = choice.edge ?? null;
  dimmed = dim;
  settings.reveal?.(state);
  repaint();
  if (move && (state.node !== null || state.edge !== null)) bringIntoView();
  present();
  if (dim) showTab("details");
  byId("details").scrollTop = 0;
  tables.forEach((each) => each.mark());
  byId("said").textContent = said();
  remember();
}

function said() {
  if (state.node !== null) return clip(settings.told.node(state.node));
  return state.edge === null ? "" : clip(settings.told.edge(state.edge), 200);
}

const back = () => make("button", { type: "button", class: "back", click: () => choose({}) }, `${document.dir === "rtl" ? "→" : "←"} ${say("back")}`);

// ── where one looks ────────────────────────────────────────────────────────────────────────

const size = () => ({ width: picture.frame.clientWidth, height: picture.frame.clientHeight });

function bringIntoView() {
  const nodes = state.node !== null ? [state.node] : [page.edges[state.edge].from, page.edges[state.edge].to];
  const { width, height } = size();
  const inside = nodes.every((id) => {
    const at = picture.toScreen(page.nodes[id]);
    return at.x > 30 && at.y > 40 && at.x < width - 30 && at.y < height - 30;
  });
  if (inside && picture.camera().scale > 0.45) return;
  followed = false;
  if (nodes.length > 1) return fit(nodes, 1);
  const { x, y } = page.nodes[nodes[0]];
  picture.look({ x, y, scale: Math.max(picture.camera().scale, 0.8) });
}

// How far names reach from their points on the screen: half as wide as the widest row, for those
// that are likely to be named.
function reaches(ids, widest) {
  const ink = document.createElement("canvas").getContext("2d");
  const named = new Set(byWeight.filter((id) => shows.node(id)).slice(0, NAMED));
  return ids.map((id) => (named.has(id) ? Math.min(widest, (measured(ink, id).width * NAME) / 2 + 6) : 8));
}

// These points, with room for the names beside them and for what stands at the upper rim.
function fit(ids, closest = 1.3) {
  const { width, height } = size();
  if (!ids.length || !width || !height) return;
  const points = ids.map((id) => page.nodes[id]);
  const reach = reaches(ids, width / 3);
  const ends = (axis, scale, beside) => {
    let [least, most] = [Infinity, -Infinity];
    points.forEach((point, n) => {
      const [at, far] = [point[axis] * scale, beside ? reach[n] : 0];
      if (at - far < least) least = at - far;
      if (at + far > most) most = at + far;
    });
    return [least, most];
  };
  const room = { top: settings.headroom, bottom: 44 };
  const [wide, tall] = [Math.max(80, width - 8), Math.max(80, height - room.top - room.bottom)];
  const fits = (scale) => {
    const [[left, right], [top, bottom]] = [ends("x", scale, true), ends("y", scale, false)];
    return right - left <= wide && bottom - top <= tall;
  };
  // The larger the scale the wider the picture, names included: halving finds the largest.
  let scale = closest;
  if (!fits(scale)) {
    let least = 1e-4;
    for (let step = 0; step < 24; step += 1) {
      const middle = (least + scale) / 2;
      if (fits(middle)) least = middle; else scale = middle;
    }
    scale = least;
  }
  const [x, y] = [ends("x", scale, true), ends("y", scale, false)].map(([from, to]) => (from + to) / 2 / scale);
  picture.look({ x, y: y + (room.bottom - room.top) / 2 / scale, scale });
}

const fitAll = () => fit(page.nodes.map((_, id) => id).filter((id) => shows.node(id)));

// Until a reader moves the picture, it follows the size of its frame.
let followed = true;

function zoom(factor) {
  followed = false;
  const { x, y, scale } = picture.camera();
  picture.look({ x, y, scale: Math.min(4, Math.max(0.02, scale * factor)) });
}

// From the chosen point to the nearest one in the arrow's direction.
function step(dx, dy) {
  const from = state.node === null ? null : page.nodes[state.node];
  let best = null;
  for (let id = 0; id < page.nodes.length; id += 1) {
    if (!shows.node(id)) continue;
    if (!from) return choose({ node: id }, { move: true });
    const [x, y] = [page.nodes[id].x - from.x, page.nodes[id].y - from.y];
    const ahead = x * dx + y * dy;
    if (id === state.node || ahead <= 0.5) continue;
    const cost = ahead + 2.5 * Math.abs(x * dy + y * dx);
    if (!best || cost < best.cost) best = { cost, id };
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
  ["0", () => { followed = true; fitAll(); }],
]);

// ── names in the picture ───────────────────────────────────────────────────────────────────

const NAME = 12.5;
const LEADING = 1.25;
const FACE = "system-ui, 'Noto Sans', 'Noto Sans CJK SC', 'Noto Sans Arabic', sans-serif";
const NAMED = 400;
let captions = [];
let byWeight = [];

// Which parts of the picture are taken, by squares, so that a large picture stays quick.
function ground(square) {
  const taken = new Map();
  const squares = (box, act) => {
    for (let x = Math.floor(box.x / square); x <= Math.floor((box.x + box.w) / square); x += 1) {
      for (let y = Math.floor(box.y / square); y <= Math.floor((box.y + box.h) / square); y += 1) {
        if (act(x * 1e6 + y) === false) return false;
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

function measured(ink, id) {
  const caption = captions[id];
  if (!caption.width) {
    ink.font = `100px ${FACE}`;
    caption.width = Math.max(...caption.rows.map((row) => ink.measureText(row).width)) / 100;
  }
  return caption;
}

function places(node, id, caption, size) {
  const [w, h] = [caption.width * size + size * 0.4, caption.rows.length * size * LEADING];
  const far = node.size + size * 0.25;
  return [[-w / 2, far], [far, -h / 2], [-w / 2, -far - h], [-far - w, -h / 2]]
    .map(([dx, dy]) => ({ own: id, x: node.x + dx, y: node.y + dy, w, h }));
}

// Names that find room, the chosen one in any case: {id, box, rows}, all in picture units.
function placedNames(ink, keepOff, size) {
  const focus = dimmed ? inFocus() : null;
  const { clientWidth: width, clientHeight: height } = picture.frame;
  const rim = [{ x: 0, y: 0 }, { x: width, y: height }].map((at) => picture.toPicture(at));
  const margin = 80 * size / NAME;
  const seen = byWeight.filter((id) => {
    if (!shows.node(id)) return false;
    const { x, y } = page.nodes[id];
    return x > rim[0].x - margin && x < rim[1].x + margin && y > rim[0].y && y < rim[1].y + margin / 4;
  });
  const wanted = seen.filter((id) => !focus || focus.nodes.has(id)).slice(0, 4 * NAMED);
  if (state.node !== null) wanted.sort((a, b) => (b === state.node) - (a === state.node));
  const room = ground(size * 8);
  keepOff.forEach(room.take);
  for (const id of seen.slice(0, 5000)) {
    const { x, y, size: r } = page.nodes[id];
    room.take({ own: id, x: x - r, y: y - r, w: 2 * r, h: 2 * r });
  }
  const whole = (box) => box.x >= rim[0].x && box.y >= rim[0].y && box.x + box.w <= rim[1].x && box.y + box.h <= rim[1].y;
  // A name that would be cut at the rim moves inwards, below or above its point.
  const inward = ([below, , above]) => [below, above].map((box) => ({ ...box, x: Math.max(rim[0].x, Math.min(box.x, rim[1].x - box.w)) }));
  const found = [];
  for (const id of wanted) {
    if (found.length >= NAMED) break;
    const caption = measured(ink, id);
    const options = places(page.nodes[id], id, caption, size);
    const box = options.find((each) => whole(each) && room.free(each)) || inward(options).find(room.free) || (id === state.node ? options[0] : null);
    if (!box) continue;
    room.take(box);
    found.push({ id, box, rows: caption.rows });
  }
  return found;
}

function drawNames(ink, keepOff) {
  const size = NAME / picture.camera().scale;
  ink.save();
  const names = placedNames(ink, keepOff, size);
  Object.assign(ink, { font: `${size}px ${FACE}`, textAlign: "center", textBaseline: "middle", lineJoin: "round", lineWidth: size * 0.28, strokeStyle: theme.halo, fillStyle: theme.ink });
  for (const { box, rows } of names) {
    rows.forEach((row, at) => {
      const [x, y] = [box.x + box.w / 2, box.y + size * LEADING * (at + 0.5)];
      ink.strokeText(row, x, y);
      ink.fillText(row, x, y);
    });
  }
  ink.restore();
}

function ringAround(ink) {
  if (state.node === null || !shows.node(state.node)) return;
  const [{ x, y, size }, { scale }] = [page.nodes[state.node], picture.camera()];
  Object.assign(ink, { strokeStyle: theme.accent, lineWidth: 2.5 / scale });
  ink.beginPath();
  ink.arc(x, y, Math.max(1.1 * size, 2 / scale) + 4 / scale, 0, 7);
  ink.stroke();
}

// A page may draw below and on top and tell which parts it wants kept clear of names.
let underlay = () => {};
let overlay = () => [];

function tip(text, at) {
  const box = byId("tip");
  box.hidden = !text;
  if (!text) return;
  box.textContent = clip(text, 260);
  const { width, height } = size();
  box.style.left = `${Math.max(4, Math.min(at.x + 14, width - box.offsetWidth - 4))}px`;
  box.style.top = `${Math.max(4, Math.min(at.y + 14, height - box.offsetHeight - 4))}px`;
}

// What is printed is the picture as a file has it: sharp, in light colours, never squeezed.
function listenToPrinting() {
  const root = document.documentElement;
  const sheet = make("div", { class: "printed", "aria-hidden": "true" });
  byId("picture").after(sheet);
  const shown = (printing) => {
    if (printing) root.dataset.printing = ""; else delete root.dataset.printing;
    if (theme.name === themeName()) return;
    readTheme();
    looks.version += 1;
  };
  window.addEventListener("beforeprint", () => {
    shown(true);
    const drawing = document.importNode(new DOMParser().parseFromString(pictureText(), "image/svg+xml").documentElement, true);
    const { width, height } = size();
    // Its title and counts stand on the page already.
    drawing.setAttribute("viewBox", `0 0 ${width} ${height}`);
    for (const name of ["width", "height"]) drawing.removeAttribute(name);
    sheet.replaceChildren(drawing);
    matrixDrawn();
  });
  window.addEventListener("afterprint", () => {
    sheet.replaceChildren();
    shown(false);
    repaint();
    matrixDrawn();
  });
}

function listenToPicture() {
  picture.frame.setAttribute("role", "application");
  picture.frame.setAttribute("aria-label", say("picture"));
  picture.frame.setAttribute("tabindex", "0");
  picture.frame.addEventListener("keydown", (event) => {
    const act = KEYS.get(event.key);
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) choose({});
  });
  byId("zoom-in").addEventListener("click", () => zoom(1.3));
  byId("zoom-out").addEventListener("click", () => zoom(1 / 1.3));
  byId("fit").addEventListener("click", () => { followed = true; fitAll(); });
  byId("save-svg").addEventListener("click", () => download(new Blob([pictureText()], { type: "image/svg+xml" }), "svg"));
  byId("save-png").addEventListener("click", async () => download(await pictureDots(), "png"));
  new ResizeObserver(() => { if (followed) fitAll(); }).observe(byId("picture"));
}

// ── filters ────────────────────────────────────────────────────────────────────────────────

let tables = [];
const refilter = () => { repaint(); onTab(); remember(); };

// One row of boxes; `hidden` is the set of values a reader has switched off.
function boxes(word, rows, hidden) {
  if (!rows.length) return document.createDocumentFragment();
  const inputs = new Map();
  const chips = rows.map(([value, text, count, drawing]) => {
    const input = make("input", {
      type: "checkbox", checked: true, "data-value": value,
      change: (event) => { event.target.checked ? hidden.delete(value) : hidden.add(value); refilter(); },
    });
    inputs.set(value, input);
    return make("label", {}, input, drawing, isolated(clip(text, 60), { title: clip(text, 300) }), make("span", { class: "number" }, decimal.format(count)));
  });
  keep(word, () => [...hidden].map(encodeURIComponent).join(",") || null, (text) => {
    const off = new Set((text ?? "").split(",").map(decoded));
    hidden.clear();
    for (const [value, input] of inputs) {
      input.checked = text === null || !off.has(value);
      if (!input.checked) hidden.add(value);
    }
  });
  return make("fieldset", { "data-filter": word }, make("legend", {}, say(word)), make("div", { class: "chips" }, chips));
}

function decoded(text) {
  try { return decodeURIComponent(text); } catch { return text; }
}

const keys = (word, rows) => make("div", {}, make("div", { class: "caption" }, say(word)),
  make("div", { class: "chips" }, rows.map(([text, drawing]) => make("span", { class: "key" }, drawing, isolated(text)))));

// ── opening ────────────────────────────────────────────────────────────────────────────────

function listenToTables(made) {
  tables = made.map((each) => sortable(each));
  const panes = tables.map((each) => each.element);
  let at = 0;
  const show = () => panes.forEach((pane, place) => { pane.hidden = place !== at; });
  onTab = () => { if (shownTab === "table") tables[at].fill(); };
  if (made.length > 1) {
    byId("table").append(make("div", { class: "chips choice" }, selection("which", "table", made.map(({ word }, place) => [place, say(word)]),
      (value) => { at = Number(value); show(); onTab(); remember(); })));
  }
  byId("table").append(...panes);
  show();
  tables.forEach((each, place) => keep(`sort${place || ""}`, each.get, each.set));
  keep("table", () => (at ? String(at) : null), (text) => {
    at = panes[Number(text)] ? Number(text) : 0;
    if (byId("which")) byId("which").value = String(at);
    show();
  });
}

// What a page keeps in its address: names of points and lines that outlive a new drawing.
function keepChoice() {
  const nodeKeys = new Map(page.nodes.map((_, id) => [settings.keyOf(id), id]));
  const edgeKey = (id) => {
    const { from, to } = page.edges[id];
    const same = around[from].filter((other) => page.edges[other].from === from && page.edges[other].to === to);
    return [from, to].map((end) => encodeURIComponent(settings.keyOf(end))).concat(same.indexOf(id)).join(" ");
  };
  const edgeOf = (text) => {
    const [a, b, at] = text.split(" ");
    const [from, to] = [nodeKeys.get(decoded(a)), nodeKeys.get(decoded(b ?? ""))];
    if (from === undefined || to === undefined) return null;
    const same = around[from].filter((id) => (page.edges[id].from === from && page.edges[id].to === to));
    return same[Number(at)] ?? null;
  };
  const chosen = () => (state.node === null ? null : settings.keyOf(state.node));
  const first = page.focus ?? null;
  keep("node", () => (state.node === first ? null : chosen() ?? (state.edge === null ? "none" : null)), () => {});
  keep("edge", () => (state.edge === null ? null : edgeKey(state.edge)), () => {});
  keep("tab", () => (shownTab === "table" ? "table" : null), () => {});
  return () => {
    const parts = new URLSearchParams(location.hash.slice(1));
    const [node, edge] = [nodeKeys.get(parts.get("node") ?? ""), edgeOf(parts.get("edge") ?? "")];
    if (node !== undefined) choose({ node }, { move: true });
    else if (edge !== null) choose({ edge }, { move: true });
    else choose({ node: parts.get("node") === "none" || parts.has("edge") ? null : first }, { dim: false });
    showTab(parts.get("tab") === "table" ? "table" : "details");
  };
}

// `with_`: counted, empty, told, present, items, tables, keyOf, headroom and, where a page
// shows a part at first, reveal.
function openPicture(with_) {
  settings = with_;
  readTheme();
  page.counted = settings.counted;
  page.told = settings.told;
  present = settings.present;
  page.all = { nodes: page.nodes.length, edges: page.edges.length };
  linkUp();
  captions = page.nodes.map((node) => ({ rows: node.label.split("\n"), width: 0 }));
  byWeight = page.nodes.map((_, id) => id).sort((a, b) => page.nodes[b].size - page.nodes[a].size || a - b);
  byId("empty").textContent = page.nodes.length ? "" : say(settings.empty);
  byId("empty").hidden = page.nodes.length > 0;
  picture = openSurface({
    before: (ink) => underlay(ink),
    after: (ink) => { ringAround(ink); drawNames(ink, overlay(ink)); document.documentElement.dataset.drawn ??= `${page.all.nodes},${page.all.edges}`; },
    click: (node, edge) => choose({ node, edge }),
    hover: (what) => tip(!what ? "" : what.node !== undefined ? settings.told.node(what.node) : settings.told.edge(what.edge), what?.at),
    moved: () => { followed = false; },
  });
  listenToPicture();
  listenToPrinting();
  listenToTabs();
  listenToSearch(settings.items, {
    found: (ids) => { state.node = state.edge = null; state.found = ids; dimmed = true; repaint(); },
    taken: (node) => choose({ node }, { move: true }),
  });
  listenToTables(settings.tables);
  const pick = keepChoice();
  const reopen = () => { restore(); settings.restored?.(); pick(); if (followed) fitAll(); };
  window.addEventListener("hashchange", reopen);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { readTheme(); looks.version += 1; repaint(); present(); matrixDrawn(); picture.redraw(); });
  picture.resize();
  reopen();
}
