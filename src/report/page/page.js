"use strict";
// Everything from the data is shown as text (textContent), never as markup.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const find = (id) => document.getElementById(id);
  const root = document.documentElement;
  const svgns = "http://www.w3.org/2000/svg";
  const { patches, searches, requirements, facilities, states, steps } = data;
  const drawing = find("drawing");
  const paths = [...document.querySelectorAll("#patches path")];
  root.classList.add("scripted");
  const zh = () => root.dataset.lang === "zh";
  const say = (chinese, english) => (zh() ? chinese : english);
  const now = { requirement: data.first, basis: "network", paint: "state", patch: null };

  // The language of every text that no pair of spans can hold.
  const words = {
    beyond: () => say("更远或走不到", "farther, or no way"),
    noway: () => say("没有路可走到", "no way leads to one"),
    square: () => say("方格", "square"),
    unnamed: () => say("（无名称）", "(no name)"),
    edge: () => say("靠近数据边缘", "near the edge of the data"),
    all: () => say("全部要求", "every requirement"),
  };
  const number = (value, digits) =>
    value.toLocaleString("en-US", { maximumFractionDigits: digits });
  const title = (requirement) =>
    `${say(requirement.zh, requirement.en)} · ${requirement.limit[zh() ? 0 : 1]}`;

  function element(name, attributes, text) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) made.setAttribute(key, value);
    if (text !== undefined) made.textContent = text;
    return made;
  }
  function drawn(name, attributes) {
    const made = document.createElementNS(svgns, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  // --- what is painted -------------------------------------------------------
  const asked = () => requirements[now.requirement];
  const nearest = (patch, requirement = asked()) => {
    const search = searches[requirement.search];
    return requirement.timed ? search.min[patch] : search.m[patch];
  };
  function step(patch) {
    const cost = nearest(patch);
    if (cost === null) return steps.length - 1;
    return steps.findIndex((times) => times === null || cost <= times * asked().cost);
  }
  function stateOf(patch, basis = now.basis) {
    return states[asked()[basis].charCodeAt(patch) - 48];
  }
  function classOf(patch) {
    const state = stateOf(patch);
    if (now.paint === "state" || state.key === "no_data") return state.key;
    return `step${step(patch)}`;
  }
  // Near the edge of the data: what is nearest may lie outside. It depends on the limit.
  const atEdge = (patch) => data.edges[asked().edge][patch] === "1";
  let edges = [];
  function outlineEdges() {
    edges = paths.filter((_, patch) => atEdge(patch));
    find("edges").setAttribute("d", edges.map((path) => path.getAttribute("d")).join(""));
  }
  function paint() {
    paths.forEach((path, patch) => path.setAttribute("class", classOf(patch)));
    for (const clip of document.querySelectorAll("#clips path")) {
      const own = paths.filter((path) => path.getAttribute("class") === clip.dataset.state);
      clip.setAttribute("d", own.map((path) => path.getAttribute("d")).join(""));
    }
    outlineEdges();
    marks();
    legend();
    about();
    find("map-now").textContent = title(asked());
    find("requirement").value = now.requirement;
    // Costs are walked: there is no nearest by radius.
    for (const input of document.querySelectorAll("input[name=basis]")) input.disabled = now.paint === "cost";
    for (const button of find("layers").children) {
      const same = requirements[button.dataset.first].search === asked().search;
      button.setAttribute("aria-pressed", String(same));
    }
  }
  function marks() {
    const group = find("marks");
    group.replaceChildren();
    if (!find("show-marks").checked) return;
    const shown = searches[asked().search].facilities.filter((at) => facilities.inside[at]);
    const d = shown.map((at) => `M${facilities.at[at][0]} ${facilities.at[at][1]}h0`).join("");
    const fine = shown.length > 400 ? " fine" : "";
    group.append(drawn("path", { class: `halo${fine}`, d }), drawn("path", { class: `dot${fine}`, d }));
  }
  function legend() {
    const list = find("legend");
    list.replaceChildren();
    const add = (key, text) => {
      const item = element("li");
      const swatch = drawn("svg", { width: 26, height: 16, viewBox: "0 0 26 16", "aria-hidden": "true" });
      swatch.append(drawn("rect", { width: 26, height: 16, class: key, stroke: "#777" }));
      item.append(swatch, element("span", {}, text));
      list.append(item);
    };
    const counts = new Map();
    paths.forEach((_, patch) => {
      const key = classOf(patch);
      counts.set(key, (counts.get(key) || 0) + 1);
    });
    const counted = (key, text) => add(key, `${text} (${number(counts.get(key) || 0, 0)})`);
    if (now.paint === "state") {
      for (const state of states) counted(state.key, say(state.zh, state.en));
    } else {
      const unit = asked().timed ? say(" 分钟", " min") : say(" 米", " m");
      steps.forEach((times, at) => {
        const text = times === null ? words.beyond() : `≤ ${number(times * asked().cost, 1)}${unit}`;
        counted(`step${at}`, text);
      });
      const none = states.find((state) => state.key === "no_data");
      counted(none.key, say(none.zh, none.en));
    }
    signs();
  }
  function signs() {
    const list = find("signs");
    list.replaceChildren();
    const add = (name, attributes, text) => {
      const item = element("li");
      const swatch = drawn("svg", { width: 26, height: 16, viewBox: "0 0 26 16", "aria-hidden": "true" });
      swatch.append(drawn(name, attributes));
      item.append(swatch, element("span", {}, text));
      list.append(item);
    };
    const all = searches[asked().search].facilities;
    const inside = all.filter((at) => facilities.inside[at]).length;
    const outside = all.length - inside;
    add("circle", { class: "dot", cx: 13, cy: 8, r: 4 }, `${say("设施", "facilities")} ${number(inside, 0)}`
      + (outside > 0 ? say(`（图外 ${number(outside, 0)}）`, `, ${number(outside, 0)} outside the map`) : ""));
    if (find("zones").childElementCount > 0) {
      add("path", { class: "zone", d: "M0 8h26", "stroke-dasharray": "7 3" }, say("分区界线", "zones"));
    }
    if (edges.length > 0) {
      add("rect", { x: 2, y: 2, width: 22, height: 12, fill: "none", stroke: "#000", "stroke-width": 1.2, "stroke-dasharray": "3 6" },
        `${words.edge()} (${number(edges.length, 0)})`);
    }
  }

  // --- a block in words ------------------------------------------------------
  // Marks that turn the direction of writing would turn what stands beside a name.
  const plain = (text) => text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, " ");
  const nameOf = (patch) => plain(patches.name[patch] || patches.id[patch] || words.square());
  const facilityName = (at) => plain(facilities.name[at] || facilities.id[at] || words.unnamed());
  function nearestText(patch, requirement = asked()) {
    const search = searches[requirement.search];
    const [m, min, at] = [search.m[patch], search.min[patch], search.facility[patch]];
    if (m === null || at === null) return words.noway();
    return say(
      `${facilityName(at)}：${number(m, 0)} 米，${number(min, 1)} 分钟`,
      `${facilityName(at)}: ${number(m, 0)} m, ${number(min, 1)} min`,
    );
  }
  function about() {
    const list = find("about");
    list.replaceChildren();
    if (now.patch === null) {
      list.append(element("dd", {}, say(
        "指向或点选街坊，查看最近设施、米数和分钟数。",
        "Point at or click a block for its nearest facility, metres and minutes.",
      )));
      return;
    }
    const patch = now.patch;
    const add = (term, text) => list.append(element("dt", {}, term), element("dd", {}, text));
    add(say("街坊", "block"), nameOf(patch));
    if (patches.name[patch] && patches.id[patch]) add("ID", plain(patches.id[patch]));
    if (patches.people[patch] !== null) {
      add(say("人口", "people"), number(patches.people[patch], 0));
    }
    if (patches.land_m2[patch] !== null) {
      add(say("用地", "land"), `${number(patches.land_m2[patch] / 10000, 2)} ${say("公顷", "ha")}`);
    }
    for (const basis of ["network", "radius"]) {
      const state = stateOf(patch, basis);
      add(basis === "network" ? say("步行", "walked") : say("半径", "radius"), say(state.zh, state.en));
    }
    if (atEdge(patch)) add("△", words.edge());
    const seen = new Set();
    requirements.forEach((requirement) => {
      if (seen.has(requirement.search)) return;
      seen.add(requirement.search);
      if (searches[requirement.search].facilities.length === 0) return;
      add(say(requirement.zh, requirement.en), nearestText(patch, requirement));
    });
  }

  // --- pan and zoom ----------------------------------------------------------
  const [, , width, height] = drawing.getAttribute("viewBox").split(" ").map(Number);
  const metresPerUnit = Number(drawing.dataset.metresPerUnit);
  const view = { x: 0, y: 0, w: width, h: height };
  // A browser lays a page out for paper after it has said that it will print. So the box of
  // the map has a size on paper that the style sheet fixes, and that is known before.
  let onPaper = false;
  function box() {
    if (onPaper) {
      const style = getComputedStyle(root);
      const [wide, high] = ["wide", "high"].map((side) =>
        Number(style.getPropertyValue(`--paper-${side}`)) * 96 / 25.4 - 2);
      return { width: wide, height: high };
    }
    const seen = drawing.getBoundingClientRect();
    return { width: seen.width || 800, height: seen.height || 600 };
  }
  function unit() {
    const { width: wide, height: high } = box();
    return Math.max(view.w / wide, view.h / high);
  }
  // What is seen is more than the view where the box has another shape.
  function frame(size) {
    const { width: wide, height: high } = box();
    const [x, y] = [view.x + view.w / 2, view.y + view.h / 2];
    const [across, down] = [wide * size / 2, high * size / 2];
    return { left: x - across, right: x + across, top: y - down, bottom: y + down };
  }
  function show() {
    drawing.setAttribute("viewBox", `${view.x} ${view.y} ${view.w} ${view.h}`);
    const size = unit();
    drawing.style.setProperty("--unit", size);
    hatch(size);
    scale(size);
    names(size);
  }
  // One path of lines for all blocks of a state. A pattern would be a picture a block on
  // paper: tens of megabytes for a city.
  function hatch(size) {
    const seen = frame(size);
    const apart = 7 * Math.SQRT2 * size;
    let d = "";
    for (let at = Math.floor((seen.left + seen.top) / apart) * apart; at < seen.right + seen.bottom; at += apart) {
      d += `M${(at - seen.top).toFixed(2)} ${seen.top.toFixed(2)}L${(at - seen.bottom).toFixed(2)} ${seen.bottom.toFixed(2)}`;
    }
    for (const path of find("hatching").children) path.setAttribute("d", d);
  }
  // Names of the finest level that has room, in the order of the zones; none over another.
  const texts = [...document.querySelectorAll("#zones text")];
  const spots = texts.map((text) => ["x", "y"].map((axis) => Number(text.getAttribute(axis))));
  const fullNames = texts.map((text) => text.textContent);
  const ems = (text) => [...text].reduce((sum, c) => sum + (c > "\u2e80" ? 1 : 0.58), 0);
  // A long name is cut with a mark, and one at the margin is moved inwards.
  const LONGEST = 18;
  function cut(text) {
    if (ems(text) <= LONGEST) return text;
    const letters = [...text];
    while (ems(letters.join("")) > LONGEST - 1) letters.pop();
    return `${letters.join("").trimEnd()}…`;
  }
  // The whole name of one that is cut is its title.
  const shortNames = fullNames.map(cut);
  texts.forEach((text, at) => {
    const title = drawn("title", {});
    title.textContent = fullNames[at];
    text.replaceChildren(shortNames[at], title);
    text.setAttribute("class", shortNames[at] === fullNames[at] ? "" : "cut");
  });
  const inwards = (at, least, most) => Math.min(Math.max(at, least), Math.max(least, most));
  function names(size) {
    const taken = [];
    const seen = frame(size);
    for (const [at, text] of texts.entries()) {
      const wide = ems(shortNames[at]) * 13 * size;
      let [x, y] = spots[at];
      if (x > seen.left && x < seen.right && y > seen.top && y < seen.bottom) {
        x = inwards(x, seen.left + wide / 2, seen.right - wide / 2);
        y = inwards(y, seen.top + 14 * size, seen.bottom - 5 * size);
      }
      text.setAttribute("x", x);
      text.setAttribute("y", y);
      const room = [x - wide / 2, y - 14 * size, x + wide / 2, y + 5 * size];
      const free = taken.every((other) =>
        room[0] > other[2] || room[2] < other[0] || room[1] > other[3] || room[3] < other[1]);
      text.setAttribute("display", free ? "inline" : "none");
      if (free) taken.push(room);
    }
  }
  // The bar is part of the drawing: it is as long as it says at whatever size that is shown.
  function scale(size) {
    const room = 120 * size * metresPerUnit;
    const power = 10 ** Math.floor(Math.log10(room));
    const metres = [5, 2, 1].map((times) => times * power).find((long) => long <= room);
    const long = metres / metresPerUnit;
    const { right, bottom } = frame(size);
    const [end, foot, tick] = [right - 12 * size, bottom - 10 * size, 6 * size];
    const [ground, line, text] = find("scale").children;
    const set = (element, attributes) => Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
    const wide = Math.max(long, 50 * size) + 12 * size;
    set(ground, { x: end + 6 * size - wide, y: foot - 28 * size, width: wide, height: 33 * size });
    set(line, { d: `M${end - long} ${foot - tick}v${tick}h${long}v${-tick}` });
    set(text, { x: end, y: foot - 10 * size });
    text.textContent = metres >= 1000
      ? `${number(metres / 1000, 1)} ${say("公里", "km")}` : `${number(metres, 1)} ${say("米", "m")}`;
  }
  function spot(event) {
    const box = drawing.getBoundingClientRect();
    const size = unit();
    // The drawing stands in the middle of its box.
    const [left, top] = [(box.width - view.w / size) / 2, (box.height - view.h / size) / 2];
    return [view.x + (event.clientX - box.left - left) * size, view.y + (event.clientY - box.top - top) * size];
  }
  function zoom(times, [x, y] = [view.x + view.w / 2, view.y + view.h / 2]) {
    const wanted = Math.min(Math.max(view.w * times, width / 400), width * 1.5) / view.w;
    view.x = x - (x - view.x) * wanted;
    view.y = y - (y - view.y) * wanted;
    view.w *= wanted;
    view.h *= wanted;
    show();
  }
  function move(right, down) {
    view.x += right;
    view.y += down;
    show();
  }
  function whole() {
    Object.assign(view, { x: 0, y: 0, w: width, h: height });
    show();
  }
  drawing.addEventListener("wheel", (event) => {
    // Elsewhere the wheel scrolls the page, as it does over everything.
    if (!event.ctrlKey && document.activeElement !== drawing) return;
    event.preventDefault();
    zoom(event.deltaY > 0 ? 1.25 : 0.8, spot(event));
  }, { passive: false });
  let held = null;
  const fingers = new Map();
  drawing.addEventListener("pointerdown", (event) => {
    held = { x: event.clientX, y: event.clientY, moved: false };
    fingers.set(event.pointerId, event);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    drawing.addEventListener(end, (event) => { fingers.delete(event.pointerId); });
  }
  // The browser scrolls with this finger: it was no click and is no drag.
  drawing.addEventListener("pointercancel", () => { held = null; });
  // A drag goes on outside the map until it ends.
  function capture(event) {
    if (event.isTrusted && !drawing.hasPointerCapture(event.pointerId)) drawing.setPointerCapture(event.pointerId);
  }
  // Two fingers: their distance zooms, their middle moves.
  function pinch(event) {
    const spread = () => {
      const [one, other] = [...fingers.values()];
      return {
        clientX: (one.clientX + other.clientX) / 2,
        clientY: (one.clientY + other.clientY) / 2,
        long: Math.max(Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY), 1),
      };
    };
    const before = spread();
    fingers.set(event.pointerId, event);
    const after = spread();
    const size = unit();
    held = { x: event.clientX, y: event.clientY, moved: true };
    capture(event);
    move((before.clientX - after.clientX) * size, (before.clientY - after.clientY) * size);
    zoom(before.long / after.long, spot(after));
  }
  // One finger scrolls the page, two move the map: the browser is told when they touch it.
  for (const kind of ["touchstart", "touchmove"]) {
    drawing.addEventListener(kind, (event) => {
      if (event.touches.length > 1 && event.cancelable) event.preventDefault();
    }, { passive: false });
  }
  drawing.addEventListener("pointermove", (event) => {
    if (fingers.size === 2 && fingers.has(event.pointerId)) {
      pinch(event);
      return;
    }
    if (held && (event.buttons & 1)) {
      const [right, down] = [held.x - event.clientX, held.y - event.clientY];
      if (held.moved || Math.hypot(right, down) > 4) {
        held = { x: event.clientX, y: event.clientY, moved: true };
        capture(event);
        const size = unit();
        move(right * size, down * size);
      }
      return;
    }
    tip(event);
  });
  drawing.addEventListener("pointerleave", () => { find("tip").hidden = true; });
  drawing.addEventListener("click", (event) => {
    if (held && held.moved) return;
    const at = event.target.dataset.patch;
    if (at !== undefined) choose(Number(at));
  });
  drawing.addEventListener("keydown", (event) => {
    const [right, down] = [view.w / 8, view.h / 8];
    const go = (x, y) => (event.shiftKey ? move(x * right, y * down) : stepTo(x, y));
    const act = {
      ArrowLeft: () => go(-1, 0), ArrowRight: () => go(1, 0),
      ArrowUp: () => go(0, -1), ArrowDown: () => go(0, 1),
      "+": () => zoom(0.8), "=": () => zoom(0.8), "-": () => zoom(1.25), 0: whole,
    }[event.key];
    if (act) {
      event.preventDefault();
      act();
    }
  });
  function tip(event) {
    const tip = find("tip");
    const at = event.target.dataset ? event.target.dataset.patch : undefined;
    tip.hidden = at === undefined;
    if (tip.hidden) return;
    const state = stateOf(Number(at));
    tip.textContent = `${nameOf(Number(at))}\n${say(state.zh, state.en)}\n${nearestText(Number(at))}`;
    const box = drawing.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    tip.style.left = `${Math.min(x + 14, Math.max(box.width - 300, 0))}px`;
    tip.style.top = `${Math.min(y + 14, Math.max(box.height - 90, 0))}px`;
  }
  function choose(patch) {
    now.patch = patch;
    find("chosen").setAttribute("d", paths[patch].getAttribute("d"));
    about();
    const state = stateOf(patch);
    const edge = atEdge(patch) ? `${say("；", "; ")}${words.edge()}` : "";
    find("said").textContent =
      `${nameOf(patch)}${say("；", "; ")}${say(state.zh, state.en)}${say("；", "; ")}${nearestText(patch)}${edge}`;
  }
  // The nearest block in a direction, at most 45° off it; the first is nearest to the middle.
  function stepTo(right, down) {
    const first = now.patch === null;
    const [x, y] = first ? [view.x + view.w / 2, view.y + view.h / 2] : patches.at[now.patch];
    let [best, least] = [null, Infinity];
    patches.at.forEach(([toX, toY], patch) => {
      const [dx, dy] = [toX - x, toY - y];
      const along = dx * right + dy * down;
      const across = Math.abs(dx * down) + Math.abs(dy * right);
      const far = first ? Math.hypot(dx, dy) : along + across;
      if (patch !== now.patch && (first || (along > 0 && across <= along)) && far < least) [best, least] = [patch, far];
    });
    if (best === null) {
      find("said").textContent = say("这个方向没有街坊了", "there is no block that way");
      return;
    }
    choose(best);
    const [atX, atY] = patches.at[best];
    if (atX < view.x || atX > view.x + view.w || atY < view.y || atY > view.y + view.h) {
      move(atX - view.x - view.w / 2, atY - view.y - view.h / 2);
    }
  }
  function goTo(patch) {
    const box = paths[patch].getBBox();
    const wide = Math.max(box.width * 3, box.height * 3, 1500 / metresPerUnit);
    const tall = (wide * height) / width;
    Object.assign(view, { x: box.x + box.width / 2 - wide / 2, y: box.y + box.height / 2 - tall / 2, w: wide, h: tall });
    choose(patch);
    show();
    find("map").scrollIntoView();
    drawing.focus({ preventScroll: true });
  }

  // --- controls --------------------------------------------------------------
  function ask(requirement) {
    now.requirement = requirement;
    now.basis = asked().basis;
    document.querySelector(`input[name=basis][value=${now.basis}]`).checked = true;
    paint();
  }
  // One button a service: of its limits the one nearest to the limit that is shown.
  function layers() {
    const box = find("layers");
    box.replaceChildren();
    const seen = new Map();
    requirements.forEach((requirement, at) => {
      if (seen.has(requirement.search)) return;
      const button = element("button", { type: "button", "data-first": at }, say(requirement.zh, requirement.en));
      button.addEventListener("click", () => {
        const same = requirements.findIndex((other) =>
          other.search === requirement.search && other.cost === asked().cost && other.timed === asked().timed);
        ask(same < 0 ? at : same);
      });
      seen.set(requirement.search, button);
      box.append(button);
    });
  }
  find("requirement").addEventListener("change", (event) => ask(Number(event.target.value)));
  for (const input of document.querySelectorAll("#controls input[type=radio]")) {
    input.addEventListener("change", () => {
      now[input.name] = input.value;
      paint();
    });
  }
  find("show-marks").addEventListener("change", marks);
  if (find("show-zones")) find("show-zones").addEventListener("change", (event) => {
    find("zones").style.display = event.target.checked ? "" : "none";
  });
  find("controls").addEventListener("submit", (event) => event.preventDefault());
  find("nearer").addEventListener("click", () => zoom(0.6));
  find("farther").addEventListener("click", () => zoom(1 / 0.6));
  find("whole").addEventListener("click", whole);
  for (const button of document.querySelectorAll(".go")) {
    button.addEventListener("click", () => {
      ask(Number(button.dataset.requirement));
      goTo(Number(button.dataset.patch));
    });
  }
  const filter = find("gap-filter");
  const rows = [...document.querySelectorAll("#gaps tbody tr")];
  function filters() {
    if (!filter) return;
    const chosen = filter.value;
    filter.replaceChildren(element("option", { value: "" }, words.all()));
    for (const at of new Set(rows.map((row) => row.dataset.requirement))) {
      filter.append(element("option", { value: at }, title(requirements[at])));
    }
    filter.value = chosen;
  }
  if (filter) {
    filter.addEventListener("change", () => {
      for (const row of rows) row.hidden = filter.value !== "" && row.dataset.requirement !== filter.value;
    });
  }

  // --- sheets and printing ---------------------------------------------------
  const sheets = [...document.querySelectorAll(".sheet")];
  const choice = find("sheet-choice");
  function showSheet() {
    sheets.forEach((sheet, at) => sheet.classList.toggle("shown", String(at) === choice.value));
  }
  function print(...classes) {
    document.body.classList.add(...classes);
    window.print();
    document.body.classList.remove(...classes);
  }
  if (choice) {
    choice.addEventListener("change", showSheet);
    find("paper-sheet").addEventListener("click", () => print("sheets"));
    find("paper-sheets").addEventListener("click", () => print("sheets", "every"));
    showSheet();
  }
  find("paper").addEventListener("click", () => window.print());
  // One table is enough on a screen at first; on paper all are open.
  const tables = [...document.querySelectorAll("#zones-table details")];
  for (const table of tables.slice(1)) table.open = false;
  let wereOpen = [];
  window.addEventListener("beforeprint", () => {
    rows.filter((row) => !row.hidden).forEach((row, at) => row.classList.toggle("late", at >= 30));
    if (!onPaper) wereOpen = tables.map((table) => table.open);
    for (const table of tables) table.open = true;
    onPaper = true;
    show();
  });
  window.addEventListener("afterprint", () => {
    tables.forEach((table, at) => { table.open = wereOpen[at]; });
    onPaper = false;
    show();
  });

  // --- language --------------------------------------------------------------
  function speak(lang) {
    root.dataset.lang = lang;
    root.lang = lang === "zh" ? "zh-CN" : "en";
    for (const button of document.querySelectorAll(".lang")) {
      button.setAttribute("aria-pressed", String(button.dataset.set === lang));
    }
    for (const option of document.querySelectorAll("option[data-zh]")) {
      option.textContent = say(option.dataset.zh, option.dataset.en);
    }
    for (const group of document.querySelectorAll("optgroup[data-zh]")) {
      group.label = say(group.dataset.zh, group.dataset.en);
    }
    document.title = `${say("步行生活圈报告", "Walking reach report")} · ${plain(data.title[zh() ? 0 : 1])}`;
    for (const button of document.querySelectorAll(".go")) {
      button.setAttribute("aria-label", `${say("地图：", "Map: ")}${nameOf(button.dataset.patch)} · ${title(requirements[button.dataset.requirement])}`);
    }
    find("nearer").setAttribute("aria-label", say("放大", "zoom in"));
    find("farther").setAttribute("aria-label", say("缩小", "zoom out"));
    layers();
    filters();
    paint();
    show();
  }
  for (const button of document.querySelectorAll(".lang")) {
    button.addEventListener("click", () => speak(button.dataset.set));
  }
  window.addEventListener("resize", show);
  ask(data.first);
  speak(root.dataset.lang);
})();
