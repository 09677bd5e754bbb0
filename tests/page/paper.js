"use strict";
(() => {
  const checks = {};
  const seen = [];
  const find = (id) => document.getElementById(id);
  const all = (query) => [...document.querySelectorAll(query)];
  const check = (name, holds, what) => {
    checks[name] = (name in checks ? checks[name] : true) && holds;
    if (!holds) seen.push(`${name}: ${what}`);
  };
  const shown = (element) => element.checkVisibility() && element.getBoundingClientRect().height > 0;
  const within = (inner, outer) => inner.left >= outer.left - 2 && inner.right <= outer.right + 2
    && inner.top >= outer.top - 2 && inner.bottom <= outer.bottom + 2;
  // What a browser does: it tells the page, then lays it out by the rules for paper.
  const lay = (paper) => {
    for (const sheet of document.styleSheets) for (const rule of sheet.cssRules) {
      if (!(rule instanceof CSSMediaRule)) continue;
      rule.was = rule.was || rule.media.mediaText;
      const own = rule.was.includes("print") ? "all" : rule.was.includes("screen") ? "not all" : rule.was;
      rule.media.mediaText = paper ? own : rule.was;
    }
  };
  let error = null;
  try {
    const tables = all("#zones-table details");
    check("one table on a screen", tables.filter((table) => table.open).length === 1, tables.length);
    if (CSS.supports("selector(::details-content)")) {
      lay(true);
      check("tables by style alone", all("#zones-table table").every(shown), "");
      lay(false);
    }
    window.dispatchEvent(new Event("beforeprint"));
    lay(true);
    check("all tables on paper", all("#zones-table table").every(shown), "");

    const [, , width] = find("drawing").getAttribute("viewBox").split(" ").map(Number);
    const view = document.querySelector(".view").getBoundingClientRect();
    const whole = document.querySelector("#behind .paper").getBoundingClientRect();
    const pixels = whole.width / (width * Number(find("drawing").dataset.metresPerUnit));
    const [, amount, unit] = find("scale-text").textContent.match(/([\d.,]+) (.+)/);
    const metres = Number(amount.replace(",", "")) * (/公里|km/.test(unit) ? 1000 : 1);
    const bar = find("scale").querySelector("path").getBoundingClientRect();
    check("scale bar", Math.abs(bar.width - metres * pixels) < 2 + 0.01 * bar.width, `${bar.width} for ${metres * pixels}`);
    check("scale bar in the frame", within(bar, view) && within(find("scale-text").getBoundingClientRect(), view), "");
    check("the map in the frame", whole.width > 0.5 * view.width || whole.height > 0.5 * view.height, whole.width);
    for (const text of all("#zones text")) {
      if (text.getAttribute("display") === "none") continue;
      const letter = parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a;
      check("size of names", letter > 8 && letter < 14, `${text.textContent} ${letter}`);
      // Those of zones that lie off the map are not seen at all.
      const box = text.getBoundingClientRect();
      const off = box.right < view.left || box.left > view.right || box.bottom < view.top || box.top > view.bottom;
      check("names in the frame", off || within(box, view), text.textContent);
    }
    for (const small of all("small")) {
      const [own, around] = [small, small.parentElement].map((part) => parseFloat(getComputedStyle(part).fontSize));
      check("small is smaller", own < around, `${small.textContent} ${own} ${around}`);
    }
    for (const table of all("table").filter(shown)) {
      const { right } = table.getBoundingClientRect();
      check("as wide as the paper", right <= innerWidth + 1, `${table.className} ${right}`);
    }
    document.body.classList.add("sheets", "every");
    for (const small of all(".sheet small").filter(shown)) {
      const { right } = small.getBoundingClientRect();
      const cell = small.closest("td,h3").getBoundingClientRect();
      check("figures in their cells", right <= Math.min(cell.right, innerWidth) + 1, `${small.innerText} ${right} ${cell.right}`);
    }
    document.body.classList.remove("sheets", "every");
    lay(false);
    window.dispatchEvent(new Event("afterprint"));
    check("as before", tables.map((table) => table.open).every((open, at) => open === (at === 0)), "");
  } catch (caught) {
    error = String(caught.stack || caught);
  }
  const result = parent.document.createElement("pre");
  result.id = "read";
  result.textContent = JSON.stringify({ checks, seen: seen.slice(0, 8), error });
  parent.document.body.append(result);
})();
