"use strict";
(() => {
  const checks = {};
  const find = (id) => document.getElementById(id);
  const all = (query) => [...document.querySelectorAll(query)];
  const check = (name, holds) => { checks[name] = name in checks ? checks[name] && Boolean(holds) : Boolean(holds); };
  const seen = (element) => getComputedStyle(element).display !== "none";
  const data = JSON.parse(find("data").textContent);
  const choose = (id, value) => {
    find(id).value = value;
    find(id).dispatchEvent(new Event("change", { bubbles: true }));
  };
  let error = null;
  window.addEventListener("error", (event) => { error = event.message; });
  try {
    const patches = all("#patches path");
    check("patches", patches.length === data.patches.at.length && patches.length > 0);
    const [zh, en] = all(".lang");
    en.click();
    check("english", document.documentElement.lang === "en" && document.title.startsWith("Plans compared")
      && all("h2 [lang=zh-CN]").every((part) => !seen(part)));
    zh.click();
    check("chinese", document.documentElement.lang === "zh-CN" && all("h2 [lang=en]").every((part) => !seen(part)));

    // Every plan and requirement paints what the data say, and counts it.
    data.plans.forEach((plan, p) => {
      choose("plan", p);
      check("marks of one plan", all("#drawing .changes").filter(seen).length === 1
        && all("#drawing .changes").find(seen).dataset.plan === String(p));
      check("changes of one plan", all(".changes-here").filter(seen).length === 1);
      plan.requirements.forEach((told, r) => {
        choose("requirement", r);
        const expected = patches.map(() => data.turns[told.rest].key);
        told.at.forEach((patch, at) => { expected[patch] = data.turns[told.turn[at]].key; });
        check("repaints", patches.every((path, at) => path.getAttribute("class") === expected[at]));
        check("names both", find("map-now").textContent === plan.name + data.requirements[r].zh);
        check("outcome", find("outcome").textContent === told.outcome[0]);
        const legend = all("#legend li");
        check("legend counts", legend.length === data.turns.length && legend.every((item, at) =>
          item.textContent.includes(`（${told.counts[at][0].toLocaleString("en-US")} 个街坊，${told.counts[at][1][0]}）`)));
        const counted = data.turns.map((turn) => expected.filter((key) => key === turn.key).length);
        check("legend is what is painted", counted.every((count, at) => count === told.counts[at][0]));
        const cells = all("#zones-table tr[data-zone]");
        check("zones follow", cells.every((row) => {
          const share = data.zones.was[r][Number(row.dataset.zone)];
          const shown = row.querySelector("td data");
          return share === null ? shown === null : shown.value === share.toFixed(6);
        }));
      });
    });
    const hues = new Set(all("#legend rect").map((rect) => getComputedStyle(rect).fill));
    check("colours differ", hues.size === data.turns.length);

    // The button of a plan leads to what it brings most.
    const go = all(".go")[1];
    go.click();
    check("go", find("plan").value === "1" && find("requirement").value === go.dataset.requirement);
    find("whole").click();
    const box = find("drawing").getAttribute("viewBox");
    find("to-changes").click();
    check("zoomed to what changes", find("drawing").getAttribute("viewBox") !== box);

    // What is said of a block before and after.
    const told = data.plans[1].requirements[Number(go.dataset.requirement)];
    const better = told.at[[...told.turn].findIndex((turn) => data.turns[turn].key === "better")];
    patches[better].dispatchEvent(new PointerEvent("pointermove", { bubbles: true, clientX: 300, clientY: 300 }));
    const tip = find("tip");
    check("hover", !tip.hidden && tip.textContent.includes(data.patches.name[better])
      && tip.textContent.includes("状态：") && / → /.test(tip.textContent) && tip.textContent.includes("米"));
    patches[better].dispatchEvent(new MouseEvent("click", { bubbles: true }));
    check("click", find("about").textContent.includes(data.patches.name[better]) && find("said").textContent.includes("→"));
    find("drawing").focus();
    check("focus", document.activeElement === find("drawing"));
    const said = find("said").textContent;
    for (const key of ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"]) {
      find("drawing").dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    }
    check("arrows", find("said").textContent !== "" && said !== "");

    // Layers, and whose share.
    find("show-marks").click();
    check("facilities off", all("#marks path").every((path) => path.getAttribute("d") === ""));
    find("show-marks").click();
    find("show-changes").click();
    check("changes off", all("#drawing .changes").every((group) => !seen(group)));
    find("show-changes").click();
    const rows = () => all("#coverage tbody tr").filter(seen);
    check("prescribed first", rows().length === data.requirements.length
      && rows().every((row) => row.dataset.row === "prescribed"));
    all("#whose input")[1].click();
    check("people", rows().length === data.requirements.length && rows().every((row) => row.dataset.of === "people"));
    find("only-changed").click();
    check("only zones that change", all("#zones-table tr[data-zone]").some((row) => !row.hidden)
      && all("#zones-table tr[data-zone]").some((row) => row.hidden));
  } catch (failure) {
    error = String(failure.stack || failure);
  }
  const read = document.createElement("pre");
  read.id = "read";
  read.textContent = JSON.stringify({ error, checks });
  document.body.append(read);
})();
