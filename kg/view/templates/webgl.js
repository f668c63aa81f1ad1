
// Points and lines drawn by the graphics card, for networks that are too large for vis-network.
// A script of our own: those at hand make code while they run, which the page's policy forbids.
// Without WebGL the same picture is drawn, more slowly, on a plain canvas.

const SHAPES = ["dot", "square", "triangle", "triangleDown", "diamond", "hexagon", "star"];

const LINE_PROGRAM = [`
attribute vec2 place; attribute vec4 colour; uniform vec3 view; uniform vec2 frame; varying vec4 ink;
void main() {
  gl_Position = vec4((place - view.xy) * view.z / frame * vec2(2.0, -2.0), 0.0, 1.0);
  ink = colour;
}`, `
precision mediump float; varying vec4 ink;
void main() { gl_FragColor = vec4(ink.rgb * ink.a, ink.a); }`];

// Distances to the outline are in units of the point's radius, negative inside.
const POINT_PROGRAM = [`
attribute vec2 place; attribute vec4 colour; attribute vec4 rim; attribute vec2 form;
uniform vec3 view; uniform vec2 frame; uniform float dots;
varying vec4 fill; varying vec4 edge; varying float shape; varying float radius;
void main() {
  gl_Position = vec4((place - view.xy) * view.z / frame * vec2(2.0, -2.0), 0.0, 1.0);
  radius = max(form.x * view.z, 1.4) * dots;
  gl_PointSize = radius * 2.8 + 2.0;
  fill = colour; edge = rim; shape = form.y;
}`, `
precision mediump float; varying vec4 fill; varying vec4 edge; varying float shape; varying float radius;
float polygon(vec2 at, float corners, float turn) {
  float slice = 6.2831853 / corners;
  float angle = mod(atan(at.y, at.x) + turn + 0.5 * slice, slice) - 0.5 * slice;
  return length(at) * cos(angle);
}
void main() {
  vec2 at = (gl_PointCoord - 0.5) * (2.8 + 2.0 / radius);
  float far = length(at) - 1.0;
  if (shape > 0.5) far = max(abs(at.x), abs(at.y)) - 1.0;
  if (shape > 1.5) far = polygon(at, 3.0, -1.5707963) - 0.65;
  if (shape > 2.5) far = polygon(at, 3.0, 1.5707963) - 0.65;
  if (shape > 3.5) far = (abs(at.x) + abs(at.y)) / 1.15 - 1.0;
  if (shape > 4.5) far = polygon(at, 6.0, 0.5235988) - 0.88;
  if (shape > 5.5) {
    // A fifth of the star is two straight edges, mirror images, from its point to its hollows.
    float turned = abs(mod(atan(at.y, at.x) + 1.5707963 + 0.6283185, 1.2566371) - 0.6283185);
    far = dot(length(at) * vec2(cos(turned), sin(turned)) - vec2(1.3, 0.0), vec2(0.35365, 0.93537));
  }
  float soft = 1.0 / radius;
  float inside = 1.0 - smoothstep(-soft, soft, far);
  float border = smoothstep(-2.6 * soft, -1.2 * soft, far);
  vec4 ink = mix(fill, edge, border);
  float alpha = ink.a * inside;
  if (alpha < 0.01) discard;
  gl_FragColor = vec4(ink.rgb * alpha, alpha);
}`];

const channels = (colour, opacity) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16)).concat(Math.round(opacity * 255));

function programOf(gl, [vertex, fragment]) {
  const program = gl.createProgram();
  for (const [kind, source] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]]) {
    const shader = gl.createShader(kind);
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  return gl.getProgramParameter(program, gl.LINK_STATUS) ? program : null;
}

// A drawer of buffers: rows of `stride` bytes with named fields.
function drawerOf(gl, sources, mode, stride, fields) {
  const program = programOf(gl, sources);
  if (!program) return null;
  const buffer = gl.createBuffer();
  const uniform = (name) => gl.getUniformLocation(program, name);
  let rows = 0;
  return {
    fill(bytes) {
      rows = bytes.byteLength / stride;
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
      gl.bufferData(gl.ARRAY_BUFFER, bytes, gl.STATIC_DRAW);
    },
    draw({ x, y, scale }, width, height, dots) {
      gl.useProgram(program);
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
      for (const [name, [count, type, from]] of Object.entries(fields)) {
        const at = gl.getAttribLocation(program, name);
        gl.enableVertexAttribArray(at);
        gl.vertexAttribPointer(at, count, type, type === gl.UNSIGNED_BYTE, stride, from);
      }
      gl.uniform3f(uniform("view"), x, y, scale);
      gl.uniform2f(uniform("frame"), width, height);
      gl.uniform1f(uniform("dots"), dots);
      gl.drawArrays(mode, 0, rows);
    },
  };
}

function cardOf(canvas) {
  const gl = canvas.getContext("webgl", { antialias: false, alpha: true, premultipliedAlpha: true, preserveDrawingBuffer: true });
  if (!gl) return null;
  const bytes = gl.UNSIGNED_BYTE;
  const lines = drawerOf(gl, LINE_PROGRAM, gl.LINES, 12, { place: [2, gl.FLOAT, 0], colour: [4, bytes, 8] });
  const points = drawerOf(gl, POINT_PROGRAM, gl.POINTS, 24, { place: [2, gl.FLOAT, 0], colour: [4, bytes, 8], rim: [4, bytes, 12], form: [2, gl.FLOAT, 16] });
  if (!lines || !points) return null;
  gl.enable(gl.BLEND);
  gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  return {
    load(shownNodes, shownEdges) {
      points.fill(pointRows(shownNodes));
      lines.fill(lineRows(shownEdges));
    },
    draw(camera, width, height, dots) {
      gl.viewport(0, 0, canvas.width, canvas.height);
      gl.clearColor(0, 0, 0, 0);
      gl.clear(gl.COLOR_BUFFER_BIT);
      lines.draw(camera, width, height, dots);
      points.draw(camera, width, height, dots);
    },
  };
}

function pointRows(ids) {
  const rows = new ArrayBuffer(ids.length * 24);
  const [floats, bytes] = [new Float32Array(rows), new Uint8Array(rows)];
  ids.forEach((id, at) => {
    const { x, y, size, shape } = page.nodes[id];
    const [fill, rim] = looks.node(id);
    const opacity = shades.nodes[id] === FAINT ? 0.25 : 1;
    floats.set([x, y], at * 6);
    bytes.set(channels(fill, opacity), at * 24 + 8);
    bytes.set(channels(rim, opacity), at * 24 + 12);
    floats.set([size, Math.max(0, SHAPES.indexOf(shape))], at * 6 + 4);
  });
  return rows;
}

function lineRows(ids) {
  const rows = new ArrayBuffer(ids.length * 24);
  const [floats, bytes] = [new Float32Array(rows), new Uint8Array(rows)];
  ids.forEach((id, at) => {
    const { from, to } = page.edges[id];
    const { colour, opacity } = looks.edge(id, shades.edges[id]);
    [from, to].forEach((end, place) => {
      const { x, y } = page.nodes[end];
      floats.set([x, y], at * 6 + place * 3);
      // The line fades towards what it points at, so that its direction can be seen.
      bytes.set(channels(colour, place && page.arrows ? opacity * 0.45 : opacity), at * 24 + place * 12 + 8);
    });
  });
  return rows;
}

// The outline of a point on a plain canvas; corners as in a saved picture.
function trace(ink, shape, x, y, r) {
  const corners = OUTLINES[shape];
  ink.beginPath();
  if (!corners) return ink.arc(x, y, r, 0, 7);
  for (const [dx, dy] of corners) ink.lineTo(x + dx * r, y + dy * r);
  return ink.closePath();
}

function plainCanvas(canvas) {
  const ink = canvas.getContext("2d");
  let [nodes, edges] = [[], []];
  return {
    load(shownNodes, shownEdges) { [nodes, edges] = [shownNodes, shownEdges]; },
    draw({ x, y, scale }, width, height, dots, moving) {
      ink.setTransform(dots, 0, 0, dots, 0, 0);
      ink.clearRect(0, 0, width, height);
      ink.transform(scale, 0, 0, scale, width / 2 - x * scale, height / 2 - y * scale);
      ink.lineWidth = 0.8 / scale;
      ink.lineJoin = "round";
      for (const shade of moving ? [] : [FAINT, PLAIN, LIT, CHOSEN]) {
        const ids = edges.filter((id) => shades.edges[id] === shade);
        if (!ids.length) continue;
        const { colour, opacity } = looks.edge(ids[0], shade);
        Object.assign(ink, { strokeStyle: colour, globalAlpha: opacity });
        ink.beginPath();
        for (const id of ids) {
          const [a, b] = [page.nodes[page.edges[id].from], page.nodes[page.edges[id].to]];
          ink.moveTo(a.x, a.y);
          ink.lineTo(b.x, b.y);
        }
        ink.stroke();
      }
      for (const id of nodes) {
        const node = page.nodes[id];
        const r = Math.max(node.size, 1.4 / scale);
        const [fill, rim] = looks.node(id);
        Object.assign(ink, { fillStyle: fill, strokeStyle: rim, globalAlpha: shades.nodes[id] === FAINT ? 0.25 : 1 });
        // A point too small for its shape to be seen is a square, which is drawn fastest.
        if (r * scale < 2.5) { ink.fillRect(node.x - r * 0.85, node.y - r * 0.85, r * 1.7, r * 1.7); continue; }
        trace(ink, node.shape, node.x, node.y, r);
        ink.fill();
        ink.stroke();
      }
      ink.globalAlpha = 1;
    },
  };
}

// Points by squares, to find the one under the pointer.
function squaresOf(ids) {
  const side = 80;
  const squares = new Map();
  const key = (x, y) => Math.floor(x / side) * 1e6 + Math.floor(y / side);
  for (const id of ids) {
    const at = key(page.nodes[id].x, page.nodes[id].y);
    squares.has(at) ? squares.get(at).push(id) : squares.set(at, [id]);
  }
  return (x, y, reach) => {
    let best = null;
    for (let dx = -side; dx <= side; dx += side) {
      for (let dy = -side; dy <= side; dy += side) {
        for (const id of squares.get(key(x + dx, y + dy)) ?? []) {
          const node = page.nodes[id];
          const far = Math.hypot(node.x - x, node.y - y) - Math.max(node.size, reach);
          if (far <= 0 && (!best || far < best.far)) best = { far, id };
        }
      }
    }
    return best && best.id;
  };
}

function openSurface(hear) {
  const [below, canvas, above] = [make("canvas"), make("canvas"), make("canvas")];
  const frame = make("div", { class: "surface" }, below, canvas, above);
  byId("picture").append(frame);
  const fast = cardOf(canvas);
  document.documentElement.dataset.renderer = fast ? "webgl" : "canvas";
  // A canvas that once had WebGL takes no other kind of drawing.
  const plain = () => plainCanvas(canvas.getContext("2d") ? canvas : frame.insertBefore(make("canvas"), above));
  let card = fast ?? plain();
  let surfaces = [...frame.children];
  const camera = { x: 0, y: 0, scale: 1 };
  let [nodeAt, shownNodes, shownEdges, waiting, moving, rest] = [() => null, [], [], false, false, 0];
  const load = () => { card.load(shownNodes, shownEdges); redraw(); };

  const dots = () => Math.min(2, window.devicePixelRatio || 1);
  const toScreen = ({ x, y }) => ({ x: (x - camera.x) * camera.scale + frame.clientWidth / 2, y: (y - camera.y) * camera.scale + frame.clientHeight / 2 });
  const toPicture = ({ x, y }) => ({ x: (x - frame.clientWidth / 2) / camera.scale + camera.x, y: (y - frame.clientHeight / 2) / camera.scale + camera.y });

  function resize() {
    for (const each of surfaces) {
      each.width = Math.max(1, Math.round(frame.clientWidth * dots()));
      each.height = Math.max(1, Math.round(frame.clientHeight * dots()));
    }
    redraw();
  }

  function inked(surface, act) {
    const ink = surface.getContext("2d");
    const [w, h, d] = [frame.clientWidth, frame.clientHeight, dots()];
    ink.setTransform(d, 0, 0, d, 0, 0);
    ink.clearRect(0, 0, w, h);
    ink.transform(camera.scale, 0, 0, camera.scale, w / 2 - camera.x * camera.scale, h / 2 - camera.y * camera.scale);
    act(ink);
  }

  function draw() {
    waiting = false;
    if (!frame.clientWidth) return;
    inked(below, hear.before);
    card.draw(camera, frame.clientWidth, frame.clientHeight, dots(), moving);
    inked(above, (ink) => { litLines(ink); if (!moving) hear.after(ink); });
  }

  // The lines of what is chosen lie on top and have their arrowheads.
  function litLines(ink) {
    const lit = shownEdges.filter((id) => shades.edges[id] >= LIT).slice(0, 3000);
    Object.assign(ink, { strokeStyle: theme.accent, fillStyle: theme.accent, lineWidth: 1.4 / camera.scale });
    for (const id of lit) {
      const [a, b] = [page.nodes[page.edges[id].from], page.nodes[page.edges[id].to]];
      const far = Math.hypot(b.x - a.x, b.y - a.y) || 1;
      const [ux, uy, back] = [(b.x - a.x) / far, (b.y - a.y) / far, b.size + 1 / camera.scale];
      const [x, y, wing] = [b.x - ux * back, b.y - uy * back, 8 / camera.scale];
      ink.beginPath();
      ink.moveTo(a.x, a.y);
      ink.lineTo(x, y);
      ink.stroke();
      if (!page.arrows) continue;
      ink.beginPath();
      ink.moveTo(x, y);
      ink.lineTo(x - wing * ux + 0.4 * wing * uy, y - wing * uy - 0.4 * wing * ux);
      ink.lineTo(x - wing * ux - 0.4 * wing * uy, y - wing * uy + 0.4 * wing * ux);
      ink.fill();
    }
  }

  function redraw() {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(draw);
  }

  function move() {
    moving = true;
    clearTimeout(rest);
    rest = setTimeout(() => { moving = false; redraw(); }, 140);
    redraw();
  }

  function edgeAt({ x, y }) {
    const reach = 5 / camera.scale;
    let best = null;
    for (const id of shownEdges) {
      const [a, b] = [page.nodes[page.edges[id].from], page.nodes[page.edges[id].to]];
      const [dx, dy] = [b.x - a.x, b.y - a.y];
      const along = Math.min(1, Math.max(0, ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy || 1)));
      const far = Math.hypot(a.x + along * dx - x, a.y + along * dy - y);
      if (far <= reach && (!best || far < best.far)) best = { far, id };
    }
    return best && best.id;
  }

  const held = new Map();
  let travelled = 0;
  const where = (event) => { const box = frame.getBoundingClientRect(); return { x: event.clientX - box.left, y: event.clientY - box.top }; };
  const zoomAt = (at, factor) => {
    const fixed = toPicture(at);
    camera.scale = Math.min(6, Math.max(0.005, camera.scale * factor));
    camera.x = fixed.x - (at.x - frame.clientWidth / 2) / camera.scale;
    camera.y = fixed.y - (at.y - frame.clientHeight / 2) / camera.scale;
    hear.hover(null);
    hear.moved();
    move();
  };
  const spread = () => { const [a, b] = [...held.values()]; return Math.hypot(a.x - b.x, a.y - b.y) || 1; };
  frame.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    frame.focus();
    frame.setPointerCapture(event.pointerId);
    held.set(event.pointerId, where(event));
    travelled = held.size > 1 ? Infinity : 0;
  });
  frame.addEventListener("pointermove", (event) => {
    const at = where(event);
    if (!held.has(event.pointerId)) {
      const here = toPicture(at);
      const node = nodeAt(here.x, here.y, 4 / camera.scale);
      frame.style.cursor = node === null ? "" : "pointer";
      return hear.hover(node === null ? null : { node, at });
    }
    const before = held.get(event.pointerId);
    const apart = held.size > 1 ? spread() : 0;
    held.set(event.pointerId, at);
    if (held.size > 1) return zoomAt(at, spread() / apart);
    travelled += Math.hypot(at.x - before.x, at.y - before.y);
    if (travelled < 4) return undefined;
    camera.x -= (at.x - before.x) / camera.scale;
    camera.y -= (at.y - before.y) / camera.scale;
    hear.hover(null);
    hear.moved();
    return move();
  });
  for (const kind of ["pointerup", "pointercancel"]) {
    frame.addEventListener(kind, (event) => {
      if (!held.delete(event.pointerId) || kind === "pointercancel" || travelled >= 4) return;
      const here = toPicture(where(event));
      const node = nodeAt(here.x, here.y, 4 / camera.scale);
      hear.click(node, node === null ? edgeAt(here) : null);
    });
  }
  frame.addEventListener("pointerleave", () => hear.hover(null));
  frame.addEventListener("wheel", (event) => { event.preventDefault(); zoomAt(where(event), Math.exp(-Math.sign(event.deltaY) * 0.18)); }, { passive: false });
  // A card that is taken away does not come back for certain: the rest is drawn without it.
  canvas.addEventListener("webglcontextlost", () => {
    document.documentElement.dataset.renderer = "canvas";
    canvas.hidden = true;
    card = plain();
    surfaces = [...frame.children];
    resize();
    load();
  });
  new ResizeObserver(resize).observe(frame);

  return {
    frame,
    paint(nodeShades, edgeShades) {
      const listed = (each) => each.reduce((ids, shade, id) => { if (shade !== HIDDEN) ids.push(id); return ids; }, []);
      shownNodes = listed(nodeShades);
      shownEdges = listed(edgeShades);
      // Small points come last, on top of large ones; lit lines on top of faint ones.
      shownNodes.sort((a, b) => page.nodes[b].size - page.nodes[a].size);
      nodeAt = squaresOf(shownNodes);
      load();
    },
    forgetLines() {},
    mark() { redraw(); },
    look: ({ x, y, scale }) => { Object.assign(camera, { x, y, scale }); redraw(); },
    camera: () => ({ ...camera }),
    toScreen,
    toPicture,
    resize,
    redraw,
  };
}
