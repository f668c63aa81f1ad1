
// ── the matrix: a cell for each two states, ordered so that blocs stand together ─────────────

// `with_`: order() ids, weight(a, b) from 0 to 1, groups(id) colours of the strips beside it,
// told(a, b), chosen() {node, pair}, choose({node} or {a, b}).
function openMatrix(with_) {
  const STRIP = 7;
  const canvas = make("canvas", { tabindex: 0, role: "application", "aria-label": say("matrix") });
  byId("matrix").append(canvas);
  const cells = document.createElement("canvas");
  let [order, size, edge, cursor] = [[], 0, 0, null];
  const dots = () => Math.min(2, window.devicePixelRatio || 1);

  function fill() {
    order = with_.order();
    const count = order.length;
    cells.width = cells.height = Math.max(1, count);
    const ink = cells.getContext("2d");
    const image = ink.createImageData(cells.width, cells.height);
    const [least, most] = theme.dark ? ["#1b2733", "#9cc7ff"] : ["#eef3fa", "#08306b"];
    const ends = [least, most].map((colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16)));
    order.forEach((a, row) => order.forEach((b, column) => {
      const at = 4 * (row * count + column);
      const share = a === b ? 0 : with_.weight(a, b);
      for (let part = 0; part < 3; part += 1) image.data[at + part] = share > 0 ? ends[0][part] + (ends[1][part] - ends[0][part]) * share : 0;
      image.data[at + 3] = share > 0 ? 255 : 0;
    }));
    ink.putImageData(image, 0, 0);
    draw();
  }

  // Names stand beside the rows where they find room.
  const named = () => size / Math.max(1, order.length) >= 9;

  function draw() {
    const { clientWidth, clientHeight } = byId("matrix");
    if (!clientWidth || !order.length) return;
    const d = dots();
    canvas.width = Math.round(clientWidth * d);
    canvas.height = Math.round(clientHeight * d);
    const ink = canvas.getContext("2d");
    ink.setTransform(d, 0, 0, d, 0, 0);
    ink.clearRect(0, 0, clientWidth, clientHeight);
    const strips = with_.groups(order[0]).length * (STRIP + 1) + 4;
    ink.font = `11px ${FACE}`;
    const room = Math.min(110, Math.max(...order.map((id) => ink.measureText(with_.short(id)).width)) + 8);
    const fits = (Math.min(clientWidth, clientHeight) - room - strips - 12) / order.length >= 9;
    edge = (fits ? room : 6) + strips;
    size = Math.max(40, Math.min(clientWidth, clientHeight) - edge - 10);
    const cell = size / order.length;
    ink.fillStyle = theme.strip2;
    ink.fillRect(edge, edge, size, size);
    ink.imageSmoothingEnabled = false;
    ink.drawImage(cells, edge, edge, size, size);
    order.forEach((id, at) => {
      with_.groups(id).forEach((colour, place) => {
        ink.fillStyle = colour;
        const off = edge - strips + place * (STRIP + 1);
        ink.fillRect(off, edge + at * cell, STRIP, cell + 0.4);
        ink.fillRect(edge + at * cell, off, cell + 0.4, STRIP);
      });
    });
    if (fits) names(ink, cell, strips);
    ink.lineWidth = 1;
    ink.strokeStyle = theme.soft;
    order.forEach((id, at) => {
      if (!at || with_.group(id) === with_.group(order[at - 1])) return;
      ink.beginPath();
      for (const [x, y, w, h] of [[edge, edge + at * cell, size, 0], [edge + at * cell, edge, 0, size]]) {
        ink.moveTo(x, y);
        ink.lineTo(x + w, y + h);
      }
      ink.stroke();
    });
    mark(ink, cell);
  }

  function names(ink, cell, strips) {
    Object.assign(ink, { fillStyle: theme.ink, textBaseline: "middle", textAlign: "end", font: `${Math.min(11, cell)}px ${FACE}` });
    order.forEach((id, at) => {
      const [x, y] = [edge - strips - 3, edge + (at + 0.5) * cell];
      ink.fillText(with_.short(id), x, y);
      ink.save();
      ink.translate(edge + (at + 0.5) * cell, edge - strips - 3);
      ink.rotate(-Math.PI / 2);
      ink.textAlign = "start";
      ink.fillText(with_.short(id), 0, 0);
      ink.restore();
    });
  }

  // The chosen state's row and column, or the chosen pair's two cells.
  function mark(ink, cell) {
    const { node, pair } = with_.chosen();
    const least = Math.max(cell, 3);
    Object.assign(ink, { strokeStyle: theme.dark ? "#ffb454" : "#d55e00", lineWidth: 2 });
    const place = (id) => edge + order.indexOf(id) * cell;
    if (node !== null && order.includes(node)) {
      ink.strokeRect(edge, place(node), size, least);
      ink.strokeRect(place(node), edge, least, size);
    }
    if (pair && pair.every((id) => order.includes(id))) {
      for (const [a, b] of [pair, [...pair].reverse()]) ink.strokeRect(place(a) - 2, place(b) - 2, least + 4, least + 4);
    }
  }

  const under = (event) => {
    const box = canvas.getBoundingClientRect();
    const [column, row] = [event.clientX - box.left, event.clientY - box.top].map((at) => Math.floor((at - edge) / (size / order.length)));
    return { column, row, x: event.clientX, y: event.clientY };
  };
  const at = (place) => order[place] ?? null;
  canvas.addEventListener("pointermove", (event) => {
    const { column, row, x, y } = under(event);
    const [a, b] = [at(row), at(column)];
    const box = byId("picture").parentElement.getBoundingClientRect();
    tip(a !== null && b !== null ? with_.told(a, b) : "", { x: x - box.left, y: y - box.top });
  });
  canvas.addEventListener("pointerleave", () => tip(""));
  canvas.addEventListener("click", (event) => {
    const { column, row } = under(event);
    cursor = { column, row };
    const [a, b] = [at(row), at(column)];
    with_.choose(a !== null && b !== null && a !== b ? { a, b } : { node: a ?? b });
  });
  const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  canvas.addEventListener("keydown", (event) => {
    const move = moves[event.key];
    if (!move || !order.length) return;
    event.preventDefault();
    const within = (place) => Math.max(0, Math.min(order.length - 1, place));
    cursor = cursor ? { column: within(cursor.column + move[0]), row: within(cursor.row + move[1]) } : { column: 1, row: 0 };
    const [a, b] = [at(cursor.row), at(cursor.column)];
    with_.choose(a === b ? { node: a } : { a, b });
  });
  new ResizeObserver(draw).observe(byId("matrix"));
  return { fill, draw };
}
