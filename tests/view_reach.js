// What a page gives to eyes, keyboard and screen reader; each function is run in a page.
const reach = {
  // Text whose contrast to what lies behind it is below 4.5 : 1 (WCAG 2.2, 1.4.3): its first
  // words, where it stands, its ratio. What is disabled or not to be seen does not count.
  weak() {
    const rgba = (text) => {
      const [r, g, b, a = 1] = (text.match(/[\d.]+/g) || [0, 0, 0, 0]).map(Number);
      return { r, g, b, a };
    };
    const over = (top, below) => Object.fromEntries(["r", "g", "b"].map((part) =>
      [part, top[part] * top.a + below[part] * (1 - top.a)]).concat([["a", 1]]));
    const light = ({ r, g, b }) => [r, g, b].map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
      .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
    const ratio = (one, other) => {
      const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
      return (high + 0.05) / (low + 0.05);
    };
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    const ground = (element) => {
      const layers = [];
      for (let at = element; at; at = at.parentElement) layers.unshift(rgba(getComputedStyle(at).backgroundColor));
      return layers.reduce((below, layer) => over(layer, below), dark ? rgba("18, 18, 18") : rgba("255, 255, 255"));
    };
    const opacity = (element) => {
      let all = 1;
      for (let at = element; at; at = at.parentElement) all *= Number(getComputedStyle(at).opacity);
      return all;
    };
    const weak = new Map();
    const judge = (element, colour, words) => {
      const ink = rgba(colour);
      ink.a *= opacity(element);
      if (!ink.a || element.closest(":disabled, svg, noscript, script, style")) return;
      if (element.closest("label")?.querySelector(":disabled")) return;
      const back = ground(element);
      const found = ratio(over(ink, back), back);
      if (found < 4.5) weak.set(`${words.trim().slice(0, 30)} | ${element.tagName}.${element.className}`, found.toFixed(2));
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { parentElement: element, textContent: words } = walker.currentNode;
      const box = element.getBoundingClientRect();
      if (!words.trim() || box.width < 2 || box.height < 2 || !element.checkVisibility({ visibilityProperty: true })) continue;
      judge(element, getComputedStyle(element).color, words);
    }
    for (const field of document.querySelectorAll("input[placeholder]")) {
      if (field.checkVisibility()) judge(field, getComputedStyle(field, "::placeholder").color, field.placeholder);
    }
    return [...weak];
  },
  // What breaks a page for a screen reader and can be counted.
  structure() {
    const ids = [...document.querySelectorAll("[id]")].map((each) => each.id);
    const wrong = ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `id ${id} twice`);
    const one = (selector) => [...document.querySelectorAll(selector)].filter((each) => each.checkVisibility()).length;
    for (const selector of ["h1", "main, [role=main]"]) if (one(selector) !== 1) wrong.push(`${one(selector)} × ${selector}`);
    if (!document.documentElement.lang) wrong.push("no language");
    for (const name of ["aria-controls", "aria-labelledby", "aria-describedby"]) {
      for (const each of document.querySelectorAll(`[${name}]`)) {
        for (const id of each.getAttribute(name).split(" ")) if (!document.getElementById(id)) wrong.push(`${name} ${id}`);
      }
    }
    for (const each of document.querySelectorAll("[tabindex]")) if (each.tabIndex > 0) wrong.push(`tabindex ${each.tabIndex}`);
    for (const each of document.querySelectorAll("th")) if (!each.textContent.trim()) wrong.push("a heading of a table is empty");
    for (const each of document.querySelectorAll("button, a[href], select, input:not([type=hidden])")) {
      if (each.closest("[aria-hidden=true]")) wrong.push(`${each.outerHTML.slice(0, 60)} is hidden from a screen reader`);
    }
    return wrong;
  },
  // What has the focus, where it stands in the page, and whether that can be seen.
  focused() {
    const at = document.activeElement;
    if (at === document.body) return null;
    const style = getComputedStyle(at);
    const all = [...document.querySelectorAll("*")];
    const box = at.getBoundingClientRect();
    return { place: all.indexOf(at), told: at.outerHTML.slice(0, 90), ring: at.matches(":focus-visible"),
      outline: style.outlineStyle !== "none" || at.closest(".editor") !== null, seen: box.width > 0 && box.height > 0 };
  },
};
