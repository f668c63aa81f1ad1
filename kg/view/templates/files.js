
// ── the picture as a file: what is in sight, as it stands there ──────────────────────────────

function lineOf(edge, curved) {
  const [a, b] = [picture.toScreen(page.nodes[edge.from]), picture.toScreen(page.nodes[edge.to])];
  const scale = picture.camera().scale;
  const r = (node) => node.size * scale;
  if (edge.from === edge.to) {
    const far = r(page.nodes[edge.from]);
    return { d: `M${a.x} ${a.y - far}a${far} ${far} 0 1 1 ${far} ${far}`, tip: null };
  }
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = Math.hypot(dx, dy) || 1;
  // The control points of the two ends; a straight line has its own ends.
  let [c, d] = [b, a];
  if (curved && edge.bend !== undefined) {
    const middle = { x: (a.x + b.x) / 2 + dy * edge.bend, y: (a.y + b.y) / 2 - dx * edge.bend };
    [c, d] = edge.bend ? [middle, middle] : [{ x: a.x + 0.35 * dx, y: a.y }, { x: b.x - 0.35 * dx, y: b.y }];
  }
  const away = Math.hypot(b.x - d.x, b.y - d.y) || length;
  const [ux, uy] = [(b.x - d.x) / away, (b.y - d.y) / away];
  const far = r(page.nodes[edge.to]) + 1;
  const end = { x: b.x - ux * far, y: b.y - uy * far };
  const at = ({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`;
  const path = c === b ? `M${at(a)}L${at(end)}` : `M${at(a)}C${at(c)} ${at(d)} ${at(end)}`;
  const wing = (side) => at({ x: end.x - 7 * ux + side * 3 * uy, y: end.y - 7 * uy - side * 3 * ux });
  return { d: path, tip: page.arrows ? `M${at(end)}L${wing(1)}L${wing(-1)}Z` : null };
}

function inSight({ width, height }) {
  const here = page.nodes.map((node, id) => {
    if (shades.nodes[id] === HIDDEN) return false;
    const { x, y } = picture.toScreen(node);
    return x > -20 && y > -20 && x < width + 20 && y < height + 20;
  });
  return {
    nodes: page.nodes.map((_, id) => id).filter((id) => here[id]),
    edges: page.edges.map((_, id) => id).filter((id) => shades.edges[id] !== HIDDEN && (here[page.edges[id].from] || here[page.edges[id].to])),
  };
}

function pictureText() {
  const { width, height } = size();
  const scale = picture.camera().scale;
  const [head, foot] = [34, 26];
  const seen = inSight({ width, height });
  const curved = seen.edges.length <= CURVED;
  const lines = drawn("g", { fill: "none" });
  for (const id of seen.edges) {
    const { colour, opacity, width: wide } = looks.edge(id, shades.edges[id]);
    const { d, tip } = lineOf(page.edges[id], curved);
    const dash = { tie: "1 4", footnote: "6 4" }[page.edges[id].dash];
    lines.append(drawn("path", { d, stroke: colour, "stroke-opacity": opacity, "stroke-width": Math.max(0.5, wide * scale).toFixed(2), ...(dash ? { "stroke-dasharray": dash } : {}) }));
    if (tip) lines.append(drawn("path", { d: tip, fill: colour, "fill-opacity": Math.min(1, opacity + 0.2) }));
  }
  const points = drawn("g");
  for (const id of seen.nodes) {
    const [fill, stroke] = looks.node(id);
    const { x, y } = picture.toScreen(page.nodes[id]);
    const point = outline(page.nodes[id].shape, x, y, page.nodes[id].size * scale, { fill, stroke, "stroke-width": shades.nodes[id] === CHOSEN ? 3 : 1.5, opacity: shades.nodes[id] === FAINT ? 0.25 : 1 });
    point.append(drawn("title", {}, settings.told.node(id)));
    points.append(point);
  }
  const ink = document.createElement("canvas").getContext("2d");
  const { under, over, boxes: clear } = settings.decoration?.({ width, height }) ?? { under: [], over: [], boxes: [] };
  const names = drawn("g", { "font-size": NAME, "text-anchor": "middle", fill: theme.ink, stroke: theme.halo, "stroke-width": 3.5, "paint-order": "stroke", "stroke-linejoin": "round" });
  for (const { box, rows } of placedNames(ink, clear, NAME / scale)) {
    rows.forEach((row, at) => {
      const spot = picture.toScreen({ x: box.x + box.w / 2, y: box.y + (NAME / scale) * LEADING * (at + 0.5) });
      names.append(drawn("text", { x: spot.x.toFixed(1), y: (spot.y + NAME * 0.35).toFixed(1) }, row));
    });
  }
  const text = (attributes, words) => drawn("text", attributes, words);
  const whole = drawn("svg", { xmlns: "http://www.w3.org/2000/svg", width, height: height + head + foot, viewBox: `0 ${-head} ${width} ${height + head + foot}`, "font-family": FACE, lang: page.language },
    drawn("title", {}, page.title),
    drawn("rect", { x: 0, y: -head, width, height: height + head + foot, fill: theme.paper }),
    drawn("clipPath", { id: "frame" }, drawn("rect", { x: 0, y: 0, width, height })),
    drawn("g", { "clip-path": "url(#frame)" }, ...under, lines, points, ...over, names),
    text({ x: width / 2, y: -head / 2 + 6, "text-anchor": "middle", "font-size": 17, "font-weight": 650, fill: theme.ink }, clip(page.title, 90)),
    text({ x: width / 2, y: height + foot - 9, "text-anchor": "middle", "font-size": 11, fill: theme.soft }, byId("counts").textContent));
  // What no XML may hold would make the file unreadable.
  return new XMLSerializer().serializeToString(whole).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
}

async function pictureDots() {
  const address = URL.createObjectURL(new Blob([pictureText()], { type: "image/svg+xml" }));
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = make("canvas", { width: image.naturalWidth * 2, height: image.naturalHeight * 2 });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(address);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}
