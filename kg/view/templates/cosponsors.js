
// The page of a co-sponsorship network.
(() => {
  const states = page.states;
  const pairs = page.pairs;
  const off = { region: new Set() };
  const chosen = { least: 0, tier: "all", colour: "community" };
  const name = (id) => states[id].label;
  const weight = (id) => (chosen.tier === "all" ? pairs[id].weight : pairs[id].submitted);
  const other = (edge, id) => (pairs[edge].from === id ? pairs[edge].to : pairs[edge].from);
  const regionWord = (region) => WORDS.get(`region_${region}`) || region || say("no_region");

  shows.node = (id) => !off.region.has(states[id].region);
  shows.edge = (id) => weight(id) > 0 && weight(id) >= chosen.least && shows.node(pairs[id].from) && shows.node(pairs[id].to);

  const tints = {
    community: new Map(page.communities.map(([place, fill, border]) => [place, [fill, border]])),
    region: new Map(page.regions.map(([region, fill, border]) => [region, [fill, border]])),
  };

  function recolour() {
    const rest = ["#a8b0b8", "#626b74"];
    picture.nodes.update(states.map((told, id) => {
      const [background, border] = tints[chosen.colour].get(told[chosen.colour]) || rest;
      const pair = { background, border };
      return { id, color: { ...pair, highlight: pair, hover: pair } };
    }));
  }

  function overview() {
    const most = states.map((told, id) => [id, told.count]).filter(([id, count]) => count > 0 && shows.node(id))
      .sort((a, b) => b[1] - a[1] || order.compare(name(a[0]), name(b[0]))).slice(0, 12);
    return [
      make("p", {}, say(states.length ? "cosponsors_hint" : "cosponsors_empty")),
      make("p", { class: "faint" }, say("cosponsors_notes")),
      most.length ? heading("busiest", most.length) : null,
      ...list(most, ([id, count]) => make("li", {}, button(clip(name(id)), () => choose({ node: id }, { move: true })),
        make("span", {}, decimal.format(count)), bar(count / most[0][1]))),
    ];
  }

  const draftRows = (drafts, later) => list([...drafts], (draft) => make("li", {}, isolated(clip(draft)),
    later(draft) ? make("span", { class: "tag" }, say("tier_joined")) : null));

  function statePanel(id) {
    const told = states[id];
    const joined = new Set(told.joined);
    const edges = around[id].filter((edge) => shows.edge(edge))
      .sort((a, b) => weight(b) - weight(a) || order.compare(name(other(a, id)), name(other(b, id))));
    return [
      back(),
      make("h2", { dir: "auto" }, told.label),
      facts([
        ["region", told.region ? regionWord(told.region) : ""],
        ["community", told.community === null ? "" : decimal.format(told.community + 1)],
        ["drafts", decimal.format(told.count)],
      ]),
      heading("cosponsors", edges.length),
      ...list(edges, (edge) => make("li", {},
        button(clip(name(other(edge, id))), () => choose({ node: other(edge, id) }, { move: true }), { "data-node": other(edge, id) }),
        make("button", { type: "button", class: "tag", "data-edge": edge, title: say("common_drafts"), click: () => choose({ edge }) }, decimal.format(weight(edge))),
        bar(weight(edge) / (weight(edges[0]) || 1)))),
      told.drafts.length ? heading("drafts", told.drafts.length) : null,
      ...(told.drafts.length ? draftRows(told.drafts, (draft) => joined.has(draft)) : []),
    ];
  }

  function pairPanel(id) {
    const pair = pairs[id];
    const later = new Set([...states[pair.from].joined, ...states[pair.to].joined]);
    return [
      back(),
      make("div", { class: "ends" },
        make("div", {}, button(clip(name(pair.from)), () => choose({ node: pair.from }))),
        make("div", { class: "arrow" }, "↕"),
        make("div", {}, button(clip(name(pair.to)), () => choose({ node: pair.to })))),
      facts([
        ["common_drafts", decimal.format(weight(id))],
        ["overlap", pair.jaccard === null ? "" : decimal.format(pair.jaccard)],
      ]),
      pair.drafts.length ? heading("drafts", pair.drafts.length) : null,
      ...(pair.drafts.length ? draftRows(pair.drafts, (draft) => later.has(draft)) : []),
    ];
  }

  const afresh = () => { refilter(); present(); };

  function threshold() {
    const weights = pairs.map((pair) => pair.weight);
    const [least, most] = [Math.min(1, ...weights), Math.max(1, ...weights)];
    const whole = weights.every(Number.isInteger);
    const shown = make("output", { for: "least" }, decimal.format(least));
    const slider = make("input", {
      type: "range", id: "least", min: least, max: most, step: whole ? 1 : (most - least) / 20 || 1, value: least,
      disabled: most === least,
      input: (event) => { chosen.least = Number(event.target.value); shown.textContent = decimal.format(chosen.least); afresh(); },
    });
    return make("div", {}, make("label", { class: "caption", for: "least" }, say("at_least")), make("div", { class: "chips" }, slider, shown));
  }

  function selection(id, word, options, change) {
    const box = make("select", { id, change: (event) => change(event.target.value) },
      options.map(([value, key]) => make("option", { value }, say(key))));
    return make("div", {}, make("label", { class: "caption", for: id }, say(word)), make("div", { class: "chips" }, box));
  }

  function communityKeys() {
    const rows = page.communities.slice(0, 8).map(([place, fill, border, size], at) => [
      place === null ? say("alone") : at > 6 ? say("other_groups") : `${decimal.format(place + 1)} (${decimal.format(size)})`,
      icon("dot", fill, border),
    ]);
    const box = keys("community", rows);
    box.id = "communities";
    return box;
  }

  function legend() {
    const counts = new Map();
    states.forEach(({ region }) => counts.set(region, (counts.get(region) || 0) + 1));
    const regions = boxes("region", page.regions.map(([region, fill, border]) =>
      [region, regionWord(region), counts.get(region), icon("dot", fill, border)]), off.region);
    const communities = communityKeys();
    // Dots only where they are the picture's colours: two keys for one colour would mislead.
    const dots = () => {
      communities.hidden = chosen.colour !== "community";
      for (const drawing of regions.querySelectorAll("svg")) drawing.style.display = chosen.colour === "region" ? "" : "none";
    };
    byId("filters").append(threshold());
    if (page.tiers) {
      byId("filters").append(selection("tier", "tier", [["all", "tier_all"], ["submitted", "tier_submitted"]],
        (value) => { chosen.tier = value; afresh(); }));
    }
    const named = page.regions.some(([region]) => region);
    if (named) {
      byId("filters").append(selection("colour", "colour_by", [["community", "community"], ["region", "region"]],
        (value) => { chosen.colour = value; recolour(); dots(); }));
    }
    byId("filters").append(communities);
    if (named) byId("filters").append(regions);
    dots();
  }

  legend();
  recolour();
  open({
    counted: ["states", "pairs"],
    empty: "cosponsors_empty",
    told: {
      node: (id) => `${name(id)}\n${say("drafts")}: ${decimal.format(states[id].count)}`,
      edge: (id) => `${name(pairs[id].from)} – ${name(pairs[id].to)}\n${say("common_drafts")}: ${decimal.format(weight(id))}`,
    },
    present: () => byId("details").replaceChildren(
      ...(state.node !== null ? statePanel(state.node) : state.edge !== null ? pairPanel(state.edge) : overview()).filter(Boolean)),
    items: states.map((told, id) => ({ id, label: told.label, note: told.code === told.label ? "" : told.code, texts: [told.label, told.code] })),
    columns: [
      { word: "state", value: (id) => name(pairs[id].from) },
      { word: "state", value: (id) => name(pairs[id].to) },
      { word: "common_drafts", number: true, value: (id) => weight(id) },
      { word: "overlap", number: true, value: (id) => pairs[id].jaccard },
    ],
    sort: { at: 2, down: true },
  });
})();
