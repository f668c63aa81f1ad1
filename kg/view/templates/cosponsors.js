
// The page of a co-sponsorship network.
whenRead(() => {
  page.nodes = rowsOf(page.nodes);
  const states = page.states = rowsOf(page.states);
  const drafts = rowsOf(page.drafts);
  page.region = page.regions;
  page.arrows = false;
  // More lines than this hide one another, and what is strong among them.
  const LINES = 4000;
  const off = { region: new Set() };
  const years = drafts.map(({ year }) => year).filter((year) => year !== null);
  const span = years.reduce(([least, most], year) => [Math.min(least, year), Math.max(most, year)], [Infinity, -Infinity]);
  const chosen = { least: 1, tier: "all", colour: "community", window: 0, end: span[1], view: "both", order: "community", measure: "count" };
  const name = (id) => states[id].label;
  const short = (id) => clip(states[id].code || name(id), 14);
  const other = (edge, id) => (page.edges[edge].from === id ? page.edges[edge].to : page.edges[edge].from);
  const regionWord = (region) => WORDS.get(`region_${region}`) || region || say("no_region");
  const m49Word = (region) => WORDS.get(`m49_${region}`) || region || say("no_region");

  // ── counting: a state's drafts are a row of bits ──
  const words = (text) => {
    const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    const padded = new Uint8Array(Math.ceil(bytes.length / 4) * 4);
    padded.set(bytes);
    return new Uint32Array(padded.buffer);
  };
  const ones = (word) => {
    let n = word - ((word >>> 1) & 0x55555555);
    n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
    return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
  };
  const sponsored = page.sponsored.map(words);
  const joined = page.joined.map(words);
  const given = page.pairs && rowsOf(page.pairs);
  const has = (row, place) => ((row[place >>> 5] >>> (place & 31)) & 1) === 1;
  const timed = !given && span[1] > span[0];

  // The drafts that count: of the sessions chosen, and not joined later where only the first
  // day's sponsors are asked for.
  let rows = sponsored;
  function mask() {
    if (!chosen.window && chosen.tier === "all") return sponsored;
    const kept = new Uint32Array(sponsored[0]?.length ?? 0);
    drafts.forEach(({ year }, place) => {
      const inside = !chosen.window || (year !== null && year <= chosen.end && year > chosen.end - chosen.window);
      if (inside) kept[place >>> 5] |= 1 << (place & 31);
    });
    return sponsored.map((row, id) => row.map((word, at) => word & kept[at] & (chosen.tier === "all" ? ~0 : ~joined[id][at])));
  }
  const shared = (a, b) => {
    let sum = 0;
    for (let at = 0; at < rows[a].length; at += 1) sum += ones(rows[a][at] & rows[b][at]);
    return sum;
  };
  const countOf = (id) => (rows[id].length && !given ? rows[id].reduce((sum, word) => sum + ones(word), 0) : states[id].count);

  // All pairs that share a draft at any time; what they share now is in `weights`.
  page.edges = [];
  const place = new Map();
  const pairKey = (a, b) => (a < b ? a * states.length + b : b * states.length + a);
  if (given) given.forEach(({ from, to }) => page.edges.push({ from, to }));
  else {
    for (let a = 0; a < states.length; a += 1) {
      for (let b = a + 1; b < states.length; b += 1) if (shared(a, b)) page.edges.push({ from: a, to: b });
    }
  }
  page.edges.forEach(({ from, to }, id) => place.set(pairKey(from, to), id));
  const weights = new Float64Array(page.edges.length);
  let counted = [];
  let visible = new Uint8Array(page.edges.length);
  let heaviest = 1;
  function recount() {
    rows = mask();
    counted = states.map((_, id) => countOf(id));
    page.edges.forEach(({ from, to }, id) => {
      weights[id] = given ? given[id][chosen.tier === "all" ? "weight" : "submitted"] : shared(from, to);
    });
    heaviest = weights.reduce((most, weight) => Math.max(most, weight), 1);
    for (const [measure, value] of Object.entries(measures)) ranges[measure] = rangeOf(page.edges.map((_, id) => value(id) ?? 0));
  }
  // What is usual, so that dense groups do not drown in one shade: all but the outer hundredths.
  const ranges = {};
  const rangeOf = (values) => {
    const sorted = Float64Array.from(values.filter((value) => value > 0)).sort();
    if (!sorted.length) return [0, 1];
    const at = (share) => sorted[Math.floor(share * (sorted.length - 1))];
    const [least, most] = [at(0.01), at(0.99)];
    return [least < most ? least : 0, most];
  };
  const shadeOf = (id) => {
    const [least, most] = ranges[chosen.measure];
    return Math.min(1, Math.max(0.03, ((measures[chosen.measure](id) ?? 0) - least) / (most - least || 1)));
  };
  const measures = { count: (id) => weights[id], overlap: (id) => overlapOf(id) };
  const overlapOf = (id) => {
    if (given) return given[id].jaccard;
    const { from, to } = page.edges[id];
    return weights[id] / Math.max(1, counted[from] + counted[to] - weights[id]);
  };
  const draftsOf = (row) => drafts.map((_, at) => at).filter((at) => has(row, at));
  const sharedDrafts = (id) => (given ? given[id].drafts : draftsOf(rows[page.edges[id].from].map((word, at) => word & rows[page.edges[id].to][at])));

  shows.node = (id) => !off.region.has(states[id].region);
  shows.edge = (id) => visible[id] === 1;
  const passes = (id) => weights[id] > 0 && weights[id] >= chosen.least && shows.node(page.edges[id].from) && shows.node(page.edges[id].to);
  function choosePairs() {
    const ids = page.edges.map((_, id) => id).filter(passes);
    if (ids.length > LINES) ids.sort((a, b) => weights[b] - weights[a] || a - b).length = LINES;
    visible = new Uint8Array(page.edges.length);
    for (const id of ids) visible[id] = 1;
    looks.version += 1;
    looks.faint = Math.min(1, Math.sqrt(200 / Math.max(1, ids.length)));
  }

  const REST = { background: "#a8b0b8", border: "#626b74" };
  const tints = Object.fromEntries([["community", page.communities], ["region", page.regions], ["m49", page.m49]]
    .map(([key, values]) => [key, new Map(values.map(([value, background, border]) => [value, { background, border }]))]));
  const paintOf = (id, by) => tints[by].get(states[id][by]) || REST;
  looks.node = (id) => tinted(paintOf(id, chosen.colour));
  looks.edge = (id, shade) => {
    const share = weights[id] / heaviest;
    const calm = Math.max((0.2 + 0.6 * share ** 1.5) * looks.faint ** 1.2, 0.03);
    const lit = shade === LIT || shade === CHOSEN;
    return {
      colour: lit ? theme.accent : theme.dark ? "#8fa1b5" : "#5f7183",
      opacity: Math.round(1000 * (lit ? Math.max(0.35, 0.2 + 0.7 * share) : shade === FAINT ? Math.min(0.05, calm) : calm)) / 1000,
      width: Math.round(100 * (0.6 + 4.4 * share * (lit ? 1 : Math.max(looks.faint, 0.3)) + (shade === CHOSEN ? 2 : 0))) / 100,
    };
  };

  // ── the panel ──
  function mixing() {
    const by = chosen.colour === "m49" ? "m49" : "region";
    const values = page[by].map(([value]) => value);
    if (values.length < 2 || page.communities.length < 2) return [];
    const word = by === "m49" ? m49Word : regionWord;
    const rowsTold = page.communities.slice(0, 12).map(([community, background, border, size]) => {
      const members = states.map((_, id) => id).filter((id) => states[id].community === community);
      const cells = values.map((value) => members.filter((id) => states[id][by] === value).length);
      const most = Math.max(...cells);
      return make("tr", {},
        make("th", { scope: "row" }, make("button", { type: "button", class: "link", click: () => { state.node = state.edge = null; state.found = new Set(members); dimmed = true; repaint(); } },
          icon("dot", background, border), " ", community === null ? say("alone") : decimal.format(community + 1), " ", make("span", { class: "number" }, `(${decimal.format(size)})`))),
        cells.map((count) => make("td", { class: count && count === most ? "number most" : "number" }, count ? decimal.format(count) : "·")));
    });
    return [
      make("h3", {}, say(by === "m49" ? "mixing_m49" : "mixing")),
      make("div", { class: "wide-table" }, make("table", { id: "mixing" },
        make("thead", {}, make("tr", {}, make("th", { scope: "col" }, say("community")), values.map((value) => make("th", { scope: "col" }, make("span", { title: word(value) }, isolated(by === "m49" ? clip(word(value), 10) : value ? clip(WORDS.get(`group_${value}`) || value, 10) : "—"))))),
        ), make("tbody", {}, rowsTold))),
    ];
  }

  function overview() {
    const most = counted.map((count, id) => [id, count]).filter(([id, count]) => count > 0 && shows.node(id))
      .sort((a, b) => b[1] - a[1] || order.compare(name(a[0]), name(b[0]))).slice(0, 12);
    return [
      make("p", {}, say(states.length ? "cosponsors_hint" : "cosponsors_empty")),
      make("p", { class: "faint" }, say("cosponsors_notes")),
      ...mixing(),
      most.length ? heading("busiest", most.length) : null,
      ...list(most, ([id, count]) => make("li", {}, button(clip(name(id)), () => choose({ node: id }, { move: true })),
        make("span", {}, decimal.format(count)), bar(count / most[0][1]))),
    ];
  }

  const draftRows = (ids, later) => list(ids, (id) => make("li", {}, make("div", {}, isolated(clip(drafts[id].symbol)),
    drafts[id].title ? make("div", { class: "faint clip", dir: "auto" }, clip(drafts[id].title)) : null),
    later(id) ? make("span", { class: "tag" }, say("tier_joined")) : null));

  function statePanel(id) {
    const told = states[id];
    const edges = around[id].filter((edge) => weights[edge] > 0 && shows.node(other(edge, id)))
      .sort((a, b) => weights[b] - weights[a] || order.compare(name(other(a, id)), name(other(b, id))));
    const own = draftsOf(rows[id]);
    return [
      back(),
      make("h2", { dir: "auto" }, told.label),
      facts([
        ["region", told.region ? regionWord(told.region) : ""],
        ["m49", told.m49 ? m49Word(told.m49) : ""],
        ["community", told.community === null ? "" : decimal.format(told.community + 1)],
        ["drafts", decimal.format(counted[id])],
      ]),
      heading("cosponsors", edges.length),
      ...list(edges, (edge) => make("li", {},
        button(clip(name(other(edge, id))), () => choose({ node: other(edge, id) }, { move: true }), { "data-node": other(edge, id) }),
        make("button", { type: "button", class: "tag", "data-edge": edge, title: say("common_drafts"), "aria-label": `${decimal.format(weights[edge])}${say("comma")}${say("common_drafts")}${say("comma")}${clip(name(other(edge, id)), 80)}`, click: () => choose({ edge }) }, decimal.format(weights[edge])),
        bar(weights[edge] / (weights[edges[0]] || 1)))),
      own.length ? heading("drafts", own.length) : null,
      ...(own.length ? draftRows(own, (at) => has(joined[id], at)) : []),
    ];
  }

  function pairPanel(id) {
    const { from, to } = page.edges[id];
    const both = sharedDrafts(id);
    const overlap = overlapOf(id);
    return [
      back(),
      make("div", { class: "ends" },
        make("div", {}, button(clip(name(from)), () => choose({ node: from }))),
        make("div", { class: "arrow" }, "↕"),
        make("div", {}, button(clip(name(to)), () => choose({ node: to })))),
      facts([
        ["common_drafts", decimal.format(weights[id])],
        ["overlap", overlap === null ? "" : decimal.format(Math.round(overlap * 1000) / 1000)],
      ]),
      both.length ? heading("drafts", both.length) : null,
      ...(both.length ? draftRows(both, (at) => has(joined[from], at) || has(joined[to], at)) : []),
    ];
  }

  // ── what a reader sets ──
  let matrix = null;
  const afresh = () => { choosePairs(); refilter(); present(); matrix.fill(); };
  const again = () => { recount(); afresh(); };

  // So many lines that the blocs still show.
  function firstLeast() {
    const sorted = weights.filter((weight) => weight > 0).sort().reverse();
    const room = Math.max(3 * states.length, 60);
    return sorted.length <= room ? Math.min(1, ...sorted) : sorted[room];
  }

  function threshold(first) {
    const [least, most] = [weights.reduce((a, b) => Math.min(a, b || a), 1), heaviest];
    const whole = weights.every(Number.isInteger);
    const shown = make("output", { for: "least" }, decimal.format(chosen.least));
    const slider = make("input", {
      type: "range", id: "least", min: least, max: most, step: whole ? 1 : (most - least) / 20 || 1, value: chosen.least, disabled: most === least,
      input: (event) => { set(Number(event.target.value)); afresh(); },
    });
    const set = (value) => { chosen.least = value; slider.value = value; shown.textContent = decimal.format(value); };
    keep("least", () => (chosen.least === first ? null : String(chosen.least)), (text) => set(Number(text) > 0 ? Number(text) : first));
    byId("tools").append(make("label", { class: "tool" }, make("span", {}, say("at_least")), slider, shown));
  }

  function choice(key, word, options, act, where = "tools") {
    const [first] = [chosen[key]];
    const tool = selection(key, word, options, (value) => { chosen[key] = value; act(); remember(); });
    tool.querySelector("select").value = first;
    keep(key, () => (chosen[key] === first ? null : chosen[key]), (text) => {
      chosen[key] = options.some(([value]) => value === text) ? text : first;
      byId(key).value = chosen[key];
    });
    byId(where).append(tool);
  }

  const sessionWord = (year) => (page.sessions ? `${decimal.format(year - 1945)} (${year})` : String(year));
  function sessions() {
    const shown = make("output", { for: "session" });
    const tell = () => {
      slider.disabled = !chosen.window;
      slider.value = chosen.end;
      const first = Math.max(span[0], chosen.end - chosen.window + 1);
      shown.textContent = !chosen.window ? `${sessionWord(span[0])} – ${sessionWord(span[1])}` : first === chosen.end ? sessionWord(first) : `${sessionWord(first)} – ${sessionWord(chosen.end)}`;
    };
    const slider = make("input", { type: "range", id: "session", min: span[0], max: span[1], step: 1, value: chosen.end, "aria-label": say(page.sessions ? "sessions" : "years"),
      input: (event) => { chosen.end = Number(event.target.value); tell(); again(); } });
    const box = make("select", { id: "window", change: (event) => { chosen.window = Number(event.target.value); tell(); again(); } },
      [0, 1, 3, 5, 10].filter((count) => count <= span[1] - span[0] + 1).map((count) => make("option", { value: count }, count ? decimal.format(count) : say("all_of_them"))));
    byId("tools").append(make("span", { class: "tool" }, make("label", { for: "window" }, say(page.sessions ? "sessions" : "years")), box, slider, shown));
    keep("sessions", () => (chosen.window ? `${chosen.window}-${chosen.end}` : null), (text) => {
      const [count, end] = (text ?? "").split("-").map(Number);
      chosen.window = [...box.options].some((option) => Number(option.value) === count) ? count : 0;
      chosen.end = end >= span[0] && end <= span[1] ? end : span[1];
      box.value = String(chosen.window);
      tell();
    });
    tell();
  }

  function communityKeys() {
    const told = page.communities.slice(0, 8).map(([place, fill, border, size], at) => [
      place === null ? say("alone") : at > 6 ? say("other_groups") : `${decimal.format(place + 1)} (${decimal.format(size)})`,
      icon("dot", fill, border),
    ]);
    const box = keys("community", told);
    box.id = "communities";
    return box;
  }

  let dots = () => {};
  function legend() {
    const tally = new Map();
    states.forEach(({ region }) => tally.set(region, (tally.get(region) || 0) + 1));
    const named = page.regions.some(([region]) => region);
    const regions = boxes("region", page.regions.map(([region, fill, border]) => [region, regionWord(region), tally.get(region), icon("dot", fill, border)]), off.region);
    regions.addEventListener?.("change", () => { choosePairs(); refilter(); matrix.fill(); });
    const communities = communityKeys();
    const continents = keys("m49", page.m49.map(([value, fill, border]) => [m49Word(value), icon("dot", fill, border)]));
    // Dots only where they are the picture's colours: two keys for one colour would mislead.
    dots = () => {
      communities.hidden = chosen.colour !== "community" && !(chosen.view !== "network" && chosen.order === "community");
      continents.hidden = chosen.colour !== "m49";
      for (const drawing of regions.querySelectorAll?.("svg") ?? []) drawing.style.display = chosen.colour === "region" || chosen.view !== "network" ? "" : "none";
    };
    byId("filters").append(communities, continents);
    if (named) byId("filters").append(regions);
    return named;
  }

  function arrange() {
    byId("picture").parentElement.dataset.view = chosen.view;
    byId("picture").hidden = chosen.view === "matrix";
    byId("matrix").hidden = chosen.view === "network";
    dots();
    if (picture) { picture.resize(); followed = true; fitAll(); }
    matrix?.draw();
  }

  const bySort = () => {
    const shown = page.order.filter((id) => shows.node(id));
    if (chosen.order === "community") return shown;
    const rank = new Map(page[chosen.order].map(([value], at) => [value, value ? at : Infinity]));
    return shown.sort((a, b) => rank.get(states[a][chosen.order]) - rank.get(states[b][chosen.order]) || 0);
  };

  recount();
  chosen.least = firstLeast();
  readTheme();
  if (states.length) {
    choice("view", "view", [["both", say("view_both")], ["network", say("view_network")], ["matrix", say("view_matrix")]], arrange);
    threshold(chosen.least);
    if (page.tiers) choice("tier", "tier", [["all", say("tier_all")], ["submitted", say("tier_submitted")]], again);
    if (timed) sessions();
  }
  const named = legend();
  const groupings = [["community", say("community")], ...(named ? [["region", say("region")]] : []), ...(page.m49.some(([value]) => value) ? [["m49", say("m49")]] : [])];
  if (groupings.length > 1) {
    choice("colour", "colour_by", groupings, () => { looks.version += 1; dots(); repaint(); present(); }, "filters");
    choice("order", "matrix_order", groupings, () => { dots(); matrix.fill(); }, "filters");
  }
  if (states.length) choice("measure", "matrix_shade", [["count", say("common_drafts")], ["overlap", say("overlap")]], () => matrix.fill(), "filters");
  choosePairs();
  byId("picture").parentElement.dataset.view = chosen.view;
  byId("matrix").hidden = !states.length;
  if (!states.length) byId("picture").parentElement.dataset.view = "network";
  matrix = openMatrix({
    order: bySort,
    short,
    group: (id) => states[id][chosen.order],
    groups: (id) => [...new Set([chosen.order, chosen.order === "community" && named ? "region" : "community"])].map((by) => tinted(paintOf(id, by))[0]),
    weight: (a, b) => {
      const id = place.get(pairKey(a, b));
      return id === undefined || !weights[id] ? 0 : shadeOf(id);
    },
    told: (a, b) => {
      if (a === b) return `${name(a)}\n${say("drafts")}${say("colon")}${decimal.format(counted[a])}`;
      return `${name(a)} – ${name(b)}\n${say("common_drafts")}${say("colon")}${decimal.format(weights[place.get(pairKey(a, b))] ?? 0)}`;
    },
    chosen: () => ({ node: state.node, pair: state.edge === null ? null : [page.edges[state.edge].from, page.edges[state.edge].to] }),
    choose: ({ node, a, b }) => {
      const edge = a === undefined ? undefined : place.get(pairKey(a, b));
      choose(a === undefined ? { node } : edge === undefined || !weights[edge] ? { node: a } : { edge });
    },
  });
  matrixDrawn = () => matrix.fill();
  openPicture({
    counted: ["states", "pairs"],
    empty: "cosponsors_empty",
    headroom: 24,
    keyOf: (id) => states[id].code || states[id].label,
    reveal: ({ edge }) => { if (edge !== null) visible[edge] = 1; },
    restored: () => { recount(); choosePairs(); arrange(); matrix.fill(); },
    told: {
      node: (id) => `${name(id)}\n${say("drafts")}${say("colon")}${decimal.format(counted[id])}`,
      edge: (id) => `${name(page.edges[id].from)} – ${name(page.edges[id].to)}\n${say("common_drafts")}${say("colon")}${decimal.format(weights[id])}`,
    },
    present: () => {
      byId("details").replaceChildren(...(state.node !== null ? statePanel(state.node) : state.edge !== null ? pairPanel(state.edge) : overview()).filter(Boolean));
      matrix.draw();
    },
    items: states.map((told, id) => ({ id, label: told.label, note: told.code === told.label ? "" : told.code, texts: [told.label, told.code] })),
    tables: [{
      name: "edge", word: "pairs",
      ids: () => page.edges.map((_, id) => id).filter(passes),
      opens: (edge) => choose({ edge }, { move: true }),
      marked: () => state.edge,
      columns: [
        { word: "state", value: (id) => name(page.edges[id].from) },
        { word: "state", value: (id) => name(page.edges[id].to) },
        { word: "common_drafts", number: true, value: (id) => weights[id] },
        { word: "overlap", number: true, value: (id) => { const overlap = overlapOf(id); return overlap === null ? null : Math.round(overlap * 1000) / 1000; } },
      ],
      sort: { at: 2, down: true },
    }, {
      name: "node", word: "states",
      ids: () => states.map((_, id) => id).filter(shows.node),
      opens: (node) => choose({ node }, { move: true }),
      marked: () => state.node,
      columns: [
        { word: "state", value: name },
        { word: "region", value: (id) => (states[id].region ? regionWord(states[id].region) : "") },
        { word: "community", number: true, value: (id) => (states[id].community === null ? null : states[id].community + 1) },
        { word: "drafts", number: true, value: (id) => counted[id] },
      ],
      sort: { at: 3, down: true },
    }],
  });
});
