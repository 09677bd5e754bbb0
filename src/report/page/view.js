"use strict";
// What all pages make their parts of: every text is set as text.
function element(name, attributes, text) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}
function drawn(name, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
// Marks that turn the direction of writing would turn what stands beside a name.
const plain = (text) => text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, " ");
// The map of a page: it is moved and zoomed, steps from block to block, and draws what depends
// on its size: hatching, names of zones, the bar of the scale. The page says what a block is
// called and what happens where one is chosen.
const mapView = ({ say, number, centres, told, choose, chosen }) => {
  const find = (id) => document.getElementById(id);
  const drawing = find("drawing");
  const [, , width, height] = drawing.getAttribute("viewBox").split(" ").map(Number);
  const metresPerUnit = Number(drawing.dataset.metresPerUnit);
  const view = { x: 0, y: 0, w: width, h: height };
  // A browser lays a page out for paper after it has said that it will print. So the box of
  // the map has a size on paper that the style sheet fixes, and that is known before.
  const map = { onPaper: false, show, zoom, whole, fit, goTo };
  function box() {
    if (map.onPaper) {
      const style = getComputedStyle(document.documentElement);
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
    tip.textContent = told(Number(at));
    const box = drawing.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    tip.style.left = `${Math.min(x + 14, Math.max(box.width - 300, 0))}px`;
    tip.style.top = `${Math.min(y + 14, Math.max(box.height - 90, 0))}px`;
  }
  // The nearest block in a direction, at most 45° off it; the first is nearest to the middle.
  function stepTo(right, down) {
    const first = chosen() === null;
    const [x, y] = first ? [view.x + view.w / 2, view.y + view.h / 2] : centres[chosen()];
    let [best, least] = [null, Infinity];
    centres.forEach(([toX, toY], patch) => {
      const [dx, dy] = [toX - x, toY - y];
      const along = dx * right + dy * down;
      const across = Math.abs(dx * down) + Math.abs(dy * right);
      const far = first ? Math.hypot(dx, dy) : along + across;
      if (patch !== chosen() && (first || (along > 0 && across <= along)) && far < least) [best, least] = [patch, far];
    });
    if (best === null) {
      find("said").textContent = say("这个方向没有街坊了", "there is no block that way");
      return;
    }
    choose(best);
    const [atX, atY] = centres[best];
    if (atX < view.x || atX > view.x + view.w || atY < view.y || atY > view.y + view.h) {
      move(atX - view.x - view.w / 2, atY - view.y - view.h / 2);
    }
  }
  function around(box, wide, tall) {
    Object.assign(view, { x: box.x + box.width / 2 - wide / 2, y: box.y + box.height / 2 - tall / 2, w: wide, h: tall });
    show();
  }
  // All of some boxes, with room around them.
  function fit(boxes) {
    const shown = boxes.filter((box) => box.width > 0 || box.height > 0);
    if (shown.length === 0) {
      whole();
      return;
    }
    const [x, y] = ["x", "y"].map((side) => Math.min(...shown.map((box) => box[side])));
    const right = Math.max(...shown.map((box) => box.x + box.width));
    const foot = Math.max(...shown.map((box) => box.y + box.height));
    const wide = Math.max((right - x) * 1.4, ((foot - y) * 1.4 * width) / height, 800 / metresPerUnit);
    around({ x, y, width: right - x, height: foot - y }, wide, (wide * height) / width);
  }
  function goTo(patch) {
    const box = document.querySelector(`#patches [data-patch="${patch}"]`).getBBox();
    const wide = Math.max(box.width * 3, box.height * 3, 1500 / metresPerUnit);
    around(box, wide, (wide * height) / width);
    choose(patch);
    find("map").scrollIntoView();
    drawing.focus({ preventScroll: true });
  }
  find("nearer").addEventListener("click", () => zoom(0.6));
  find("farther").addEventListener("click", () => zoom(1 / 0.6));
  find("whole").addEventListener("click", whole);
  window.addEventListener("resize", show);
  return map;
};
