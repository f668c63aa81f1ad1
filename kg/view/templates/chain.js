
// The page of a citation chain.
whenRead(() => {
  page.nodes = rowsOf(page.nodes);
  page.edges = rowsOf(page.edges);
  const documents = page.documents = rowsOf(page.documents);
  const citations = page.citations = rowsOf(page.citations);
  page.arrows = true;
  const off = { organ: new Set(), clause: new Set(), kind: new Set() };
  const name = (id) => documents[id].label;
  const clauseWord = (clause) => WORDS.get(`clause_${clause}`) || clause;
  const treaties = new Set(["treaty", "declaration", "rules", "programme"]);
  const unnamed = documents.every(({ organ, kind }) => organ || treaties.has(kind)) ? "instruments" : "no_organ";
  const organWord = (organ) => WORDS.get(`organ_${organ}`) || organ || say(unnamed);
  const tally = (items, of) => items.reduce((counts, item) => counts.set(of(item), (counts.get(of(item)) || 0) + 1), new Map());

  const ties = new Set(page.ties);
  const isTie = (id) => ties.has(citations[id].clause);
  counts = (id) => !isTie(id);
  const times = { cited: new Array(documents.length).fill(0), cites: new Array(documents.length).fill(0) };
  citations.forEach(({ from, to }, id) => {
    if (isTie(id)) return;
    times.cited[to] += 1;
    times.cites[from] += 1;
  });

  // ── the part in sight: a view made in advance, and what a reader has added to it ──
  const years = documents.map(({ year }) => year).filter((year) => year !== null);
  const span = years.reduce(([least, most], year) => [Math.min(least, year), Math.max(most, year)], [Infinity, -Infinity]);
  const within = { from: span[0], to: span[1] };
  const chosen = { view: page.first };
  const added = new Set();
  let inView = new Set();
  let columns = [];

  const passes = (id) => {
    const { organ, kind, year } = documents[id];
    return !off.organ.has(organ) && !off.kind.has(kind) && (year === null || (year >= within.from && year <= within.to));
  };
  const allowed = (id) => !off.clause.has(citations[id].clause) && passes(citations[id].from) && passes(citations[id].to);
  shows.node = (id) => inView.has(id) && passes(id);
  shows.edge = (id) => inView.has(citations[id].from) && inView.has(citations[id].to) && allowed(id);

  function setView(at) {
    const view = page.views[at] ?? page.views[page.first];
    chosen.view = page.views.indexOf(view);
    inView = new Set(view?.nodes ?? []);
    columns = view?.columns ?? [];
    view?.nodes.forEach((id, place) => Object.assign(page.nodes[id], { x: view.x[place], y: view.y[place] }));
    const again = [...added].filter((id) => !inView.has(id));
    added.clear();
    again.forEach(add);
  }

  // A document asked for by its reader comes into its year's column, below what stands there.
  function add(id) {
    if (inView.has(id)) return;
    const { year } = documents[id];
    const column = columns.find(([each]) => each === year);
    const after = columns.findIndex(([each]) => each !== null && (year === null || each > year));
    const [, left, width] = column ?? columns[after < 0 ? columns.length - 1 : after] ?? [null, 0, 0];
    const x = column ? left + width / 2 : after < 0 ? left + width + 30 : left - 8;
    let lowest = -Infinity;
    let highest = Infinity;
    for (const other of inView) {
      const node = page.nodes[other];
      highest = Math.min(highest, node.y);
      if (Math.abs(node.x - x) < 45) lowest = Math.max(lowest, node.y);
    }
    Object.assign(page.nodes[id], { x, y: lowest > -Infinity ? lowest + 42 : Number.isFinite(highest) ? highest : 0 });
    added.add(id);
    inView.add(id);
  }

  const reveal = ({ node, edge }) => (node !== null ? [node] : edge !== null ? [citations[edge].from, citations[edge].to] : []).forEach(add);

  looks.edge = (id, shade) => {
    const lit = shade === LIT || shade === CHOSEN;
    const opacity = lit ? 0.95 : shade === FAINT ? Math.min(0.12, looks.calm) : looks.calm;
    return { colour: lit ? theme.accent : theme.line, opacity, width: shade === CHOSEN ? 3.4 : lit ? 1.8 : 1.3 };
  };
  const plainPaint = () => {
    const lines = page.edges.reduce((sum, _, id) => sum + shows.edge(id), 0);
    looks.calm = Math.round(1000 * Math.max(lines > 20000 ? 0.03 : lines > 5000 ? 0.06 : 0.1, 0.85 * Math.min(1, Math.sqrt(150 / Math.max(1, lines))))) / 1000;
  };

  // ── years behind the picture: a strip a column, its year at the upper rim wherever one looks ──
  const yearWord = (year) => (year === null ? say("no_date") : String(year));
  underlay = (ink) => {
    const [top, bottom] = [0, picture.frame.clientHeight].map((y) => picture.toPicture({ x: 0, y }).y);
    columns.forEach(([, left, width], at) => {
      ink.fillStyle = at % 2 ? theme.strip2 : theme.strip;
      ink.fillRect(left, top, width, bottom - top);
    });
  };
  // Years that find room at the upper rim, in units of the screen.
  function yearMarks(ink) {
    ink.font = `600 13px ${FACE}`;
    let free = -Infinity;
    return columns.flatMap(([year, left, width]) => {
      const text = yearWord(year);
      const half = ink.measureText(text).width / 2 + 7;
      const { x } = picture.toScreen({ x: left + width / 2, y: 0 });
      if (x - half < free) return [];
      free = x + half;
      return [{ text, x, half }];
    });
  }
  const keptClear = (marks) => marks.map(({ x, half }) => {
    const [from, to] = [{ x: x - half, y: 0 }, { x: x + half, y: 28 }].map((at) => picture.toPicture(at));
    return { own: null, x: from.x, y: from.y, w: to.x - from.x, h: to.y - from.y };
  });
  overlay = (ink) => {
    const { scale } = picture.camera();
    ink.save();
    const marks = yearMarks(ink);
    Object.assign(ink, { textAlign: "center", textBaseline: "middle", font: `600 ${13 / scale}px ${FACE}` });
    for (const { text, x, half } of marks) {
      const at = picture.toPicture({ x, y: 17.5 });
      ink.fillStyle = theme.halo;
      ink.fillRect(at.x - half / scale, at.y - 11 / scale, (2 * half) / scale, 22 / scale);
      ink.fillStyle = theme.soft;
      ink.fillText(text, at.x, at.y);
    }
    ink.restore();
    return keptClear(marks);
  };
  const decoration = ({ width, height }) => {
    const marks = yearMarks(document.createElement("canvas").getContext("2d"));
    const under = columns.map(([, left, wide], at) => {
      const [from, to] = [left, left + wide].map((x) => picture.toScreen({ x, y: 0 }).x);
      return drawn("rect", { x: from.toFixed(1), y: 0, width: Math.max(0, to - from).toFixed(1), height, fill: at % 2 ? theme.strip2 : theme.strip });
    });
    const over = marks.filter(({ x }) => x > 0 && x < width).map(({ text, x }) =>
      drawn("text", { x: x.toFixed(1), y: 22, "text-anchor": "middle", "font-size": 13, "font-weight": 600, fill: theme.soft }, text));
    return { under, over, boxes: keptClear(marks) };
  };

  // ── the panel ──
  function overview() {
    const most = times.cited.map((count, id) => [id, count]).filter(([id, count]) => count && passes(id))
      .sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 12);
    return [
      make("p", {}, say(documents.length ? "chain_hint" : "chain_empty")),
      make("p", { class: "faint" }, say("chain_notes")),
      most.length ? heading("most_cited", most.length) : null,
      ...list(most, ([id, count]) => make("li", {}, button(clip(name(id)), () => choose({ node: id }, { move: true })),
        make("span", {}, decimal.format(count)),
        documents[id].title && documents[id].title !== name(id) ? make("div", { class: "faint clip one", dir: "auto" }, clip(documents[id].title)) : null,
        bar(count / most[0][1]))),
    ];
  }

  // The other ends of a document's citations, each once, with a tag for every clause.
  function others(id, fits) {
    const groups = new Map();
    for (const edge of around[id]) {
      if (!allowed(edge) || !fits(edge)) continue;
      const other = citations[edge].from === id ? citations[edge].to : citations[edge].from;
      groups.set(other, [...(groups.get(other) || []), edge]);
    }
    return [...groups].sort((a, b) => order.compare(name(a[0]), name(b[0])));
  }

  // What a tag says to who cannot see beside which name it stands.
  const tagWord = (edge, other) => [clauseWord(citations[edge].clause), clip(name(other), 80), clip(placeWord(citations[edge].paragraph), 80)].filter(Boolean).join(say("comma"));

  function row([other, edges]) {
    const title = documents[other].title;
    const tags = edges.slice(0, 12).map((edge) => make("button", {
      type: "button", class: "tag", "data-edge": edge, title: clip(placeWord(citations[edge].paragraph)), "aria-label": tagWord(edge, other), click: () => choose({ edge }, { move: true }),
    }, isolated(clauseWord(citations[edge].clause))));
    return make("li", {},
      make("div", {}, button(clip(name(other)), () => choose({ node: other }, { move: true }), { "data-node": other }),
        title && title !== name(other) ? make("div", { class: "faint clip", dir: "auto" }, clip(title)) : null),
      make("span", { class: "tags" }, tags, edges.length > tags.length ? `+${edges.length - tags.length}` : null));
  }

  function more(id) {
    const missing = [...new Set(around[id].filter(allowed).flatMap((edge) => [citations[edge].from, citations[edge].to]))]
      .filter((other) => !inView.has(other)).sort((a, b) => times.cited[b] - times.cited[a] || a - b);
    if (!missing.length) return null;
    const grow = () => { missing.slice(0, 12).forEach(add); if (followed) fitAll(); choose({ node: id }, { move: true }); };
    return make("p", {}, make("button", { type: "button", class: "act", id: "grow", click: grow }, say("add_neighbours"), " ", make("span", { class: "number" }, decimal.format(missing.length))));
  }

  function documentPanel(id) {
    const told = documents[id];
    const cites = others(id, (edge) => !isTie(edge) && citations[edge].from === id);
    const citedBy = others(id, (edge) => !isTie(edge) && citations[edge].to === id);
    const tied = others(id, isTie);
    return [
      back(),
      make("h2", { dir: "auto" }, told.label),
      told.title && told.title !== told.label ? make("p", { class: "title", dir: "auto" }, told.title) : null,
      facts([
        ["symbol", told.symbol === told.label ? "" : told.symbol],
        ["year", yearWord(told.year)],
        ["kind", say(`kind_${told.kind}`)],
        ["organ", told.organ ? organWord(told.organ) : ""],
      ]),
      outside(told.iri),
      more(id),
      heading("cites", cites.length), ...list(cites, row),
      heading("cited_by", citedBy.length), ...list(citedBy, row),
      ...(tied.length ? [heading("tied", tied.length), ...list(tied, row)] : []),
    ];
  }

  function quotation({ quote, start, end, language }) {
    if (!quote) return make("p", { class: "faint" }, say("no_quote"));
    const way = language === "ar" ? "rtl" : WORDS.has(`language_${language}`) ? "ltr" : "auto";
    const parts = end > start ? [quote.slice(0, start), make("mark", {}, quote.slice(start, end)), quote.slice(end)] : [quote];
    return make("blockquote", { id: "quote", lang: language || null, dir: way, tabindex: 0 }, parts);
  }

  function citationPanel(id) {
    const citation = citations[id];
    const ends = make("div", { class: "ends" },
      make("div", {}, button(clip(name(citation.from)), () => choose({ node: citation.from }))),
      make("div", { class: "arrow" }, "↓ ", isolated(clauseWord(citation.clause))),
      make("div", {}, button(clip(name(citation.to)), () => choose({ node: citation.to }))));
    return [
      back(), ends, quotation(citation),
      facts([
        ["clause", clauseWord(citation.clause)],
        ["verb", citation.verb ? make("span", { lang: citation.language || null, dir: "auto" }, citation.verb) : ""],
        ["paragraph", placeWord(citation.paragraph)],
        ["language", citation.language ? WORDS.get(`language_${citation.language}`) || citation.language : ""],
        ["place", citation.via ? WORDS.get(`via_${citation.via}`) || citation.via : ""],
      ]),
    ];
  }

  // ── what a reader sets ──
  function legend() {
    const [organs, kinds, clauses] = [tally(documents, (d) => d.organ), tally(documents, (d) => d.kind), tally(citations, (c) => c.clause)];
    byId("filters").append(
      boxes("organ", page.organs.map(([organ, fill, border]) => [organ, organWord(organ), organs.get(organ), icon("dot", fill, border)]), off.organ),
      boxes("kind", page.kinds.map(([kind, shape, filled]) => [kind, say(`kind_${kind}`), kinds.get(kind), icon(shape, filled ? "#7d8894" : theme.paper, theme.dark ? "#c5ced7" : "#3d4852")]), off.kind),
      boxes("clause", page.clauses.map((clause) => [clause, clauseWord(clause), clauses.get(clause), null]), off.clause));
  }

  function viewTools() {
    const degrees = [...new Set(page.views.map(({ degree }) => degree))];
    const ofDegree = (degree) => page.views.map((view, at) => at).filter((at) => page.views[at].degree === degree);
    const fill = () => {
      const { degree } = page.views[chosen.view];
      const options = ofDegree(degree).map((at) => make("option", { value: at }, at === ofDegree(degree).at(-1) ? `${say("all_of_them")} (${decimal.format(page.views[at].nodes.length)})` : decimal.format(page.views[at].nodes.length)));
      byId("most").replaceChildren(...options);
      byId("most").value = String(chosen.view);
      if (byId("degree")) byId("degree").value = String(degree);
    };
    const take = (at) => { setView(at); fill(); followed = true; plainPaint(); repaint(); fitAll(); onTab(); present(); remember(); };
    if (degrees.length > 1) {
      byId("tools").append(selection("degree", "degrees", degrees.map((degree) => [degree, degree ? decimal.format(degree) : say("no_limit")]), (value) => {
        const size = page.views[chosen.view].nodes.length;
        const options = ofDegree(Number(value));
        // As many documents as before, or the next step up.
        take(options.find((at) => page.views[at].nodes.length >= size) ?? options.at(-1));
      }));
    }
    if (page.views.length > 1) byId("tools").append(selection("most", "at_most", [], (value) => take(Number(value))));
    keep("view", () => {
      const { degree, nodes } = page.views[chosen.view] ?? {};
      return chosen.view === page.first || !nodes ? null : `${degree}-${nodes.length}`;
    }, (text) => {
      const at = page.views.findIndex(({ degree, nodes }) => text === `${degree}-${nodes.length}`);
      added.clear();
      setView(at < 0 ? page.first : at);
      if (byId("most")) fill();
    });
    keep("with", () => [...added].filter((id) => id !== state.node).map((id) => encodeURIComponent(keyOf(id))).join(" ") || null, (text) => {
      const ids = new Map(text ? documents.map((_, id) => [keyOf(id), id]) : []);
      (text ?? "").split(" ").map((each) => ids.get(decoded(each))).filter((id) => id !== undefined).slice(0, 500).forEach(add);
    });
  }

  function yearTools() {
    if (!(span[1] > span[0])) return;
    const field = (end, word) => {
      const input = make("input", { type: "number", id: `year-${end}`, min: span[0], max: span[1], value: within[end], "aria-label": `${say("year")}${say("colon")}${say(word)}`,
        change: (event) => {
          const year = Math.min(span[1], Math.max(span[0], Number(event.target.value) || span[end === "from" ? 0 : 1]));
          within[end] = year;
          event.target.value = String(year);
          plainPaint(); refilter(); present();
        } });
      return input;
    };
    byId("tools").append(make("span", { class: "tool" }, make("span", {}, say("years")), field("from", "from_year"), "–", field("to", "to_year")));
    keep("years", () => (within.from > span[0] || within.to < span[1] ? `${within.from}-${within.to}` : null), (text) => {
      const found = /^(\d{4})-(\d{4})$/.exec(text ?? "");
      Object.assign(within, found ? { from: Number(found[1]), to: Number(found[2]) } : { from: span[0], to: span[1] });
      byId("year-from").value = within.from;
      byId("year-to").value = within.to;
    });
  }

  const keyOf = (id) => documents[id].iri || documents[id].symbol || documents[id].label;
  readTheme();
  setView(page.first);
  legend();
  viewTools();
  yearTools();
  plainPaint();
  openPicture({
    counted: ["documents", "citations"],
    empty: "chain_empty",
    headroom: 52,
    keyOf,
    reveal,
    decoration,
    restored: plainPaint,
    told: {
      node: (id) => [documents[id].label, documents[id].title].filter(Boolean).join("\n"),
      edge: (id) => `${name(citations[id].from)} → ${name(citations[id].to)}\n${clauseWord(citations[id].clause)}`,
    },
    present: () => byId("details").replaceChildren(
      ...(state.node !== null ? documentPanel(state.node) : state.edge !== null ? citationPanel(state.edge) : overview()).filter(Boolean)),
    items: documents.map((told, id) => ({ id, label: told.label, note: told.title, texts: [told.label, told.symbol, told.title] })),
    tables: [{
      name: "edge", word: "citations",
      ids: () => citations.map((_, id) => id).filter(allowed),
      opens: (edge) => choose({ edge }, { move: true }),
      marked: () => state.edge,
      columns: [
        { word: "citing", value: (id) => name(citations[id].from) },
        { word: "clause", value: (id) => clauseWord(citations[id].clause) },
        { word: "cited", value: (id) => name(citations[id].to) },
        { word: "paragraph", value: (id) => placeWord(citations[id].paragraph) },
      ],
      sort: { at: 0, down: false },
    }, {
      name: "node", word: "documents",
      ids: () => documents.map((_, id) => id).filter(passes),
      opens: (node) => choose({ node }, { move: true }),
      marked: () => state.node,
      columns: [
        { word: "document", value: name },
        { word: "year", number: true, plain: true, value: (id) => documents[id].year },
        { word: "kind_short", value: (id) => say(`kind_${documents[id].kind}`) },
        { word: "organ_short", value: (id) => (documents[id].organ ? organWord(documents[id].organ) : "") },
        { word: "cited_by", number: true, value: (id) => times.cited[id] },
      ],
      sort: { at: 4, down: true },
    }],
  });
});
