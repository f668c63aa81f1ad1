
// Points and lines drawn by vis-network; what they mean is told in picture.js.
function openSurface(hear) {
  const nodes = new vis.DataSet();
  const edges = new vis.DataSet();
  const network = new vis.Network(byId("picture"), { nodes, edges }, page.options);
  const frame = byId("picture").firstElementChild;
  const known = { nodes: new Map(), edges: new Map() };

  function nodeOf(id, shade) {
    const node = page.nodes[id];
    const [background, border] = looks.node(id);
    const color = { background, border };
    return {
      id, x: node.x, y: node.y, shape: node.shape, size: node.size,
      color: { ...color, highlight: color, hover: color },
      opacity: shade === FAINT ? 0.25 : 1, borderWidth: shade === CHOSEN ? 4 : 1.5,
    };
  }

  // Among thousands of lines arrowheads cannot be told apart, and drawing them takes long.
  function edgeOf(id, shade, curved, headed) {
    const edge = page.edges[id];
    const { colour, opacity, width } = looks.edge(id, shade);
    return {
      id, from: edge.from, to: edge.to, width,
      color: { color: colour, opacity, highlight: theme.accent, hover: theme.accent },
      dashes: edge.dash === "tie" ? [1, 4] : edge.dash === "footnote" ? [6, 4] : false,
      smooth: curved ? bow(edge) : false,
      arrows: page.arrows && (headed || shade >= LIT) ? { to: { enabled: true, scaleFactor: 0.6 } } : "",
    };
  }

  function bow({ bend, from, to }) {
    if (bend === undefined) return false;
    if (bend) return { enabled: true, type: bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(bend) };
    if (from === to) return { enabled: true, type: "curvedCW", roundness: 0.3 };
    return { enabled: true, type: "cubicBezier", forceDirection: "horizontal", roundness: 0.35 };
  }

  // Only what changed is handed over: a click on a large picture must not take a second.
  function hand(set, was, shades, look, keyOf) {
    const [gone, changed] = [[], []];
    shades.forEach((shade, id) => {
      if (shade === HIDDEN) {
        if (was.delete(id)) gone.push(id);
        return;
      }
      const key = keyOf(id, shade);
      if (was.get(id) === key) return;
      was.set(id, key);
      changed.push(look(id, shade));
    });
    if (gone.length) set.remove(gone);
    if (changed.length) set.update(changed);
  }

  let marked = "null null";
  let [wide, tall] = [0, 0];
  function resize() {
    const { clientWidth, clientHeight } = byId("picture");
    if (clientWidth === wide && clientHeight === tall) return;
    [wide, tall] = [clientWidth, clientHeight];
    network.setSize("100%", "100%");
    network.redraw();
  }
  new ResizeObserver(resize).observe(byId("picture"));

  network.on("beforeDrawing", (ink) => hear.before(ink));
  network.on("afterDrawing", (ink) => hear.after(ink));
  network.on("click", ({ nodes: [node], edges: [edge] }) => hear.click(node ?? null, node === undefined ? edge ?? null : null));
  network.on("hoverNode", ({ node, pointer }) => hear.hover({ node, at: pointer.DOM }));
  network.on("hoverEdge", ({ edge, pointer }) => hear.hover({ edge, at: pointer.DOM }));
  for (const event of ["blurNode", "blurEdge"]) network.on(event, () => hear.hover(null));
  for (const event of ["dragStart", "zoom"]) network.on(event, () => { hear.hover(null); hear.moved(); });

  return {
    frame,
    paint(nodeShades, edgeShades) {
      const lines = edgeShades.reduce((count, shade) => count + (shade !== HIDDEN), 0);
      const [curved, headed] = [lines <= CURVED, lines <= 4 * CURVED];
      const style = `${theme.name} ${looks.version}`;
      hand(nodes, known.nodes, nodeShades, nodeOf, (id, shade) => `${shade} ${page.nodes[id].x} ${page.nodes[id].y} ${style}`);
      hand(edges, known.edges, edgeShades, (id, shade) => edgeOf(id, shade, curved, headed),
        (id, shade) => `${shade} ${curved} ${headed} ${style} ${looks.edge(id, shade).width} ${looks.edge(id, shade).opacity}`);
    },
    forgetLines() { edges.clear(); known.edges.clear(); },
    mark(node, edge) {
      if (marked === `${node} ${edge}`) return;
      marked = `${node} ${edge}`;
      if (node !== null && known.nodes.has(node)) network.selectNodes([node], false);
      else if (edge !== null && known.edges.has(edge)) network.setSelection({ nodes: [], edges: [edge] });
      else network.unselectAll();
    },
    look: ({ x, y, scale }) => network.moveTo({ position: { x, y }, scale, animation: false }),
    camera: () => ({ ...network.getViewPosition(), scale: network.getScale() }),
    toScreen: (at) => network.canvasToDOM(at),
    toPicture: (at) => network.DOMtoCanvas(at),
    resize,
    redraw: () => network.redraw(),
  };
}
