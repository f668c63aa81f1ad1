
// The page of a citation chain.
(() => {
  const documents = page.documents;
  const citations = page.citations;
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

  shows.node = (id) => !off.organ.has(documents[id].organ) && !off.kind.has(documents[id].kind);
  shows.edge = (id) => !off.clause.has(citations[id].clause) && shows.node(citations[id].from) && shows.node(citations[id].to);

  // Years behind the picture: a strip a column, its year at the upper rim wherever one looks.
  picture.network.on("beforeDrawing", (ink) => {
    const top = picture.network.DOMtoCanvas({ x: 0, y: 0 }).y;
    const bottom = picture.network.DOMtoCanvas({ x: 0, y: picture.frame.clientHeight }).y;
    ink.save();
    page.columns.forEach(([, left, width], at) => {
      ink.fillStyle = at % 2 ? "#f6f8fa" : "#fbfcfd";
      ink.fillRect(left, top, width, bottom - top);
    });
    ink.restore();
  });
  overlay = (ink) => {
    const scale = picture.network.getScale();
    const top = picture.network.DOMtoCanvas({ x: 0, y: 0 }).y;
    const boxes = [];
    let free = -Infinity;
    ink.save();
    Object.assign(ink, { textAlign: "center", textBaseline: "middle", font: `600 ${13 / scale}px ${FACE}` });
    for (const [year, left, width] of page.columns) {
      const text = year === null ? say("no_date") : String(year);
      const half = ink.measureText(text).width / 2 + 7 / scale;
      const middle = left + width / 2;
      if (middle - half < free) continue;
      free = middle + half;
      ink.fillStyle = "rgba(255,255,255,0.92)";
      ink.fillRect(middle - half, top + 6 / scale, 2 * half, 22 / scale);
      ink.fillStyle = "#55616e";
      ink.fillText(text, middle, top + 17.5 / scale);
      boxes.push({ own: null, x: middle - half, y: top, w: 2 * half, h: 28 / scale });
    }
    ink.restore();
    return boxes;
  };

  function overview() {
    const times = tally(citations.filter((_, id) => shows.edge(id) && !isTie(id)), (citation) => citation.to);
    const most = [...times].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 12);
    return [
      make("p", {}, say(documents.length ? "chain_hint" : "chain_empty")),
      make("p", { class: "faint" }, say("chain_notes")),
      most.length ? heading("most_cited", most.length) : null,
      ...list(most, ([id, count]) => make("li", {}, button(clip(name(id)), () => choose({ node: id }, { move: true })),
        make("span", {}, decimal.format(count)), bar(count / most[0][1]))),
    ];
  }

  // The other ends of a document's citations, each once, with a tag for every clause.
  function others(id, fits) {
    const groups = new Map();
    for (const edge of around[id]) {
      if (!shows.edge(edge) || !fits(edge)) continue;
      const other = citations[edge].from === id ? citations[edge].to : citations[edge].from;
      groups.set(other, [...(groups.get(other) || []), edge]);
    }
    return [...groups].sort((a, b) => order.compare(name(a[0]), name(b[0])));
  }

  function row([other, edges]) {
    const title = documents[other].title;
    const tags = edges.slice(0, 12).map((edge) => make("button", {
      type: "button", class: "tag", "data-edge": edge, title: clip(citations[edge].paragraph), click: () => choose({ edge }, { move: true }),
    }, isolated(clauseWord(citations[edge].clause))));
    return make("li", {},
      make("div", {}, button(clip(name(other)), () => choose({ node: other }, { move: true }), { "data-node": other }),
        title && title !== name(other) ? make("div", { class: "faint clip", dir: "auto" }, clip(title)) : null),
      make("span", { class: "tags" }, tags, edges.length > tags.length ? `+${edges.length - tags.length}` : null));
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
        ["year", told.year === null ? say("no_date") : String(told.year)],
        ["kind", say(`kind_${told.kind}`)],
        ["organ", told.organ ? organWord(told.organ) : ""],
      ]),
      outside(told.iri),
      heading("cites", cites.length), ...list(cites, row),
      heading("cited_by", citedBy.length), ...list(citedBy, row),
      ...(tied.length ? [heading("tied", tied.length), ...list(tied, row)] : []),
    ];
  }

  function quotation({ quote, language }) {
    if (!quote.length) return make("p", { class: "faint" }, say("no_quote"));
    const [before, mention, after] = quote;
    const way = language === "ar" ? "rtl" : WORDS.has(`language_${language}`) ? "ltr" : "auto";
    return make("blockquote", { id: "quote", lang: language || null, dir: way }, before, mention ? make("mark", {}, mention) : null, after);
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
        ["paragraph", citation.paragraph],
        ["language", citation.language ? WORDS.get(`language_${citation.language}`) || citation.language : ""],
        ["place", citation.via ? WORDS.get(`via_${citation.via}`) || citation.via : ""],
      ]),
    ];
  }

  function legend() {
    const [organs, kinds, clauses] = [tally(documents, (d) => d.organ), tally(documents, (d) => d.kind), tally(citations, (c) => c.clause)];
    byId("filters").append(
      boxes("organ", page.organs.map(([organ, fill, border]) => [organ, organWord(organ), organs.get(organ), icon("dot", fill, border)]), off.organ),
      boxes("kind", page.kinds.map(([kind, shape, filled]) => [kind, say(`kind_${kind}`), kinds.get(kind), icon(shape, filled ? "#7d8894" : "#ffffff", "#3d4852")]), off.kind),
      boxes("clause", page.clauses.map((clause) => [clause, clauseWord(clause), clauses.get(clause), null]), off.clause));
  }

  legend();
  open({
    counted: ["documents", "citations"],
    empty: "chain_empty",
    told: {
      node: (id) => [documents[id].label, documents[id].title].filter(Boolean).join("\n"),
      edge: (id) => `${name(citations[id].from)} → ${name(citations[id].to)}\n${clauseWord(citations[id].clause)}`,
    },
    present: () => byId("details").replaceChildren(
      ...(state.node !== null ? documentPanel(state.node) : state.edge !== null ? citationPanel(state.edge) : overview()).filter(Boolean)),
    items: documents.map((told, id) => ({ id, label: told.label, note: told.title, texts: [told.label, told.symbol, told.title] })),
    columns: [
      { word: "citing", value: (id) => name(citations[id].from) },
      { word: "clause", value: (id) => clauseWord(citations[id].clause) },
      { word: "cited", value: (id) => name(citations[id].to) },
      { word: "paragraph", value: (id) => citations[id].paragraph },
    ],
    sort: { at: 0, down: false },
  });
})();
