"use strict";
(() => {
  const checks = {};
  const seen = [];
  const all = (query) => [...document.querySelectorAll(query)];
  const check = (name, holds, what) => {
    checks[name] = (name in checks ? checks[name] : true) && holds;
    if (!holds) seen.push(`${name}: ${what}`);
  };
  let error = null;
  try {
    for (const button of all(".lang")) {
      button.click();
      const { scrollWidth } = document.documentElement;
      check("as wide as the screen", scrollWidth <= 390, scrollWidth);
      for (const cell of all(".sheet.shown .plain :is(th,td:not(.step))")) {
        check("words on a line of their own", cell.getBoundingClientRect().width > 250, cell.textContent);
      }
      for (const cell of all(".sheet.shown .plain .step")) {
        check("room for a bar", cell.getBoundingClientRect().width > 60, cell.textContent);
      }
      for (const part of all(".sheet.shown > p")) {
        const range = document.createRange();
        range.selectNodeContents(part);
        check("text beside nothing", range.getBoundingClientRect().width > 100, part.textContent);
      }
      check("the map", document.querySelector(".locator").getBoundingClientRect().width > 250, "");
    }
  } catch (caught) {
    error = String(caught.stack || caught);
  }
  const result = parent.document.createElement("pre");
  result.id = "read";
  result.textContent = JSON.stringify({ checks, seen: seen.slice(0, 8), error });
  parent.document.body.append(result);
})();
