"use strict";
(() => {
  const checks = {};
  const find = (id) => document.getElementById(id);
  const all = (query) => [...document.querySelectorAll(query)];
  const check = (name, holds) => { checks[name] = name in checks ? checks[name] && holds : holds; };
  const seen = (element) => getComputedStyle(element).display !== "none";
  const data = JSON.parse(find("data").textContent);
  const box = () => find("drawing").getAttribute("viewBox");
  const pointer = (target, type, x, y, more) => target.dispatchEvent(new PointerEvent(type, {
    bubbles: true, cancelable: true, clientX: x, clientY: y, ...more,
  }));
  const counted = () => all("#legend li span").reduce(
    (sum, item) => sum + Number(item.textContent.match(/\(([\d,]+)\)$/)[1].replaceAll(",", "")), 0);
  let error = null;
  window.addEventListener("error", (event) => { error = event.message; });
  try {
    const patches = all("#patches path");
    check("patches", patches.length === data.patches.at.length && patches.length > 0);

    // Languages.
    const [zh, en] = all(".lang");
    en.click();
    check("english", document.documentElement.lang === "en" && find("map-title").innerText === "Map"
      && all("h2 [lang=zh-CN]").every((part) => !seen(part)));
    check("english options", find("requirement").options[0].textContent === find("requirement").options[0].dataset.en);
    zh.click();
    check("chinese", document.documentElement.lang === "zh-CN" && find("map-title").innerText === "地图"
      && all("h2 [lang=en]").every((part) => !seen(part)));

    // Layers, by button and by list, by state and by cost, walked and straight.
    for (const button of all("#layers button")) {
      all("#layers button").find((same) => same.textContent === button.textContent).click();
      const requirement = data.requirements[Number(find("requirement").value)];
      check("layer buttons", find("map-now").textContent.startsWith(button.textContent)
        && all("#layers button[aria-pressed=true]").length === 1);
      check("legend counts", counted() === patches.length);
      check("marks", all("#marks path").length === 2);
      const drawnMarks = (all("#marks .dot")[0].getAttribute("d").match(/M/g) || []).length;
      check("marks counted", find("signs").textContent.includes(` ${drawnMarks.toLocaleString("en-US")}`));
      const letters = requirement[requirement.basis];
      check("painted by state", patches.every((path, at) =>
        path.getAttribute("class") === data.states[letters.charCodeAt(at) - 48].key));
    }
    const [state, cost] = all("input[name=paint]");
    cost.click();
    check("painted by cost", patches.some((path) => /^step\d$/.test(path.getAttribute("class"))) && counted() === patches.length);
    check("colours differ", new Set(all("#legend rect").map((rect) => getComputedStyle(rect).fill)).size === 6);
    state.click();
    const [network, radius] = all("input[name=basis]");
    radius.click();
    const straight = data.requirements[Number(find("requirement").value)].radius;
    check("by radius", patches.every((path, at) =>
      path.getAttribute("class") === data.states[straight.charCodeAt(at) - 48].key));
    network.click();
    find("show-marks").click();
    check("marks off", all("#marks path").length === 0);
    find("show-marks").click();
    check("zones switch", (find("show-zones") !== null) === (all("#zones path").length > 0));
    if (find("show-zones")) {
      find("show-zones").click();
      check("zones off", !seen(find("zones")));
      find("show-zones").click();
    }

    // Hover: block, state, nearest facility, metres and minutes.
    const reached = data.requirements.findIndex((requirement) =>
      data.searches[requirement.search].m.some((m) => m !== null));
    find("requirement").value = reached;
    find("requirement").dispatchEvent(new Event("change"));
    const search = data.searches[data.requirements[reached].search];
    const at = search.m.findIndex((m) => m !== null);
    pointer(patches[at], "pointermove", 400, 300, {});
    const tip = find("tip");
    const facility = search.facility[at];
    const plain = (text) => text.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/g, " ");
    check("hover", !tip.hidden && seen(tip) && tip.textContent.includes(plain(data.patches.name[at] || data.patches.id[at]))
      && tip.textContent.includes(plain(data.facilities.name[facility] || data.facilities.id[facility]))
      && tip.textContent.includes(`${Math.round(search.m[at]).toLocaleString("en-US")} 米`)
      && /分钟/.test(tip.textContent));
    pointer(find("drawing"), "pointerleave", 0, 0, {});
    check("hover ends", tip.hidden);

    // Pan and zoom, by buttons, wheel, dragging and keys.
    const whole = box();
    find("nearer").click();
    const nearer = box();
    check("zoom in", Number(nearer.split(" ")[2]) < Number(whole.split(" ")[2]));
    find("whole").click();
    check("zoom out", box() === whole);
    const wheel = new WheelEvent("wheel", { deltaY: -100, clientX: 300, clientY: 300, cancelable: true });
    document.activeElement.blur();
    find("drawing").dispatchEvent(wheel);
    check("the wheel scrolls the page", box() === whole && !wheel.defaultPrevented);
    find("drawing").focus({ preventScroll: true });
    find("drawing").dispatchEvent(new WheelEvent("wheel", { deltaY: -100, clientX: 300, clientY: 300, cancelable: true }));
    check("wheel", box() !== whole);
    find("whole").click();
    pointer(find("drawing"), "pointerdown", 300, 300, { buttons: 1 });
    pointer(find("drawing"), "pointermove", 340, 300, { buttons: 1 });
    pointer(find("drawing"), "pointerup", 340, 300, {});
    check("drag", Number(box().split(" ")[0]) < 0 && box().split(" ")[1] === whole.split(" ")[1]);
    find("whole").click();
    find("drawing").dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", shiftKey: true, cancelable: true }));
    check("keys", Number(box().split(" ")[0]) > 0);
    find("whole").click();
    // Two fingers.
    const finger = (type, pointerId, x) => pointer(find("drawing"), type, x, 300, { pointerId, buttons: 1 });
    finger("pointerdown", 5, 300);
    finger("pointerdown", 6, 400);
    finger("pointermove", 6, 500);
    check("pinch", Number(box().split(" ")[2]) < 0.6 * Number(whole.split(" ")[2]));
    finger("pointerup", 5, 300);
    finger("pointerup", 6, 500);
    find("whole").click();

    // One finger is left to the page, two are the map's.
    const touched = (fingers) => {
      const event = new Event("touchstart", { cancelable: true });
      Object.defineProperty(event, "touches", { value: Array(fingers).fill({}) });
      find("drawing").dispatchEvent(event);
      return event.defaultPrevented;
    };
    check("one finger scrolls", getComputedStyle(find("drawing")).touchAction === "pan-y" && !touched(1) && touched(2));
    pointer(find("drawing"), "pointerdown", 300, 300, { buttons: 1 });
    pointer(find("drawing"), "pointercancel", 300, 300, {});
    pointer(find("drawing"), "pointermove", 300, 400, { buttons: 1 });
    check("a finger that scrolls drags nothing", box() === whole);

    // Names of zones that are cut keep their whole name.
    for (const text of all("#zones text")) {
      const [short, full] = [text.firstChild.textContent, text.querySelector("title").textContent];
      const wholeName = short === full;
      check("names of zones", (wholeName ? full.length > 0 : short.endsWith("…") && full.startsWith(short.slice(0, -1)))
        && text.classList.contains("cut") === !wholeName
        && getComputedStyle(text).pointerEvents === (wholeName ? "none" : "auto"));
    }
    check("cut", all("#zones text").every((text) => text.firstChild.textContent.length <= 32));

    // Block by block with arrow keys, read out.
    const key = (name) => find("drawing").dispatchEvent(new KeyboardEvent("keydown", { key: name, cancelable: true }));
    const chosen = () => patches.findIndex((path) => path.getAttribute("d") === find("chosen").getAttribute("d"));
    key("ArrowLeft");
    let from = chosen();
    check("a block by key", from >= 0 && find("said").textContent.length > 5
      && all("#patches [tabindex]").length === 0);
    for (const [name, axis, sign] of [["ArrowRight", 0, 1], ["ArrowUp", 1, -1], ["ArrowLeft", 0, -1], ["ArrowDown", 1, 1]]) {
      key(name);
      const to = chosen();
      const way = sign * (data.patches.at[to][axis] - data.patches.at[from][axis]);
      const moved = to !== from;
      check("arrow keys go that way", moved ? way > 0 : /没有街坊/.test(find("said").textContent));
      check("read out", !moved || find("said").textContent.startsWith(
        (data.patches.name[to] || data.patches.id[to]).slice(0, 3)));
      from = to;
    }
    find("whole").click();
    check("scale bar", /[\d.]+ (米|公里)/.test(find("scale-text").textContent));

    // A click tells everything of a block; a gap leads to the map.
    pointer(patches[at], "pointerdown", 400, 300, {});
    patches[at].dispatchEvent(new MouseEvent("click", { bubbles: true }));
    check("chosen", find("chosen").getAttribute("d") === patches[at].getAttribute("d") && all("#about dt").length > 4);
    const go = all(".go")[0];
    if (go) {
      go.click();
      check("gap on the map", box() !== whole && find("requirement").value === go.dataset.requirement
        && find("chosen").getAttribute("d") === patches[Number(go.dataset.patch)].getAttribute("d"));
      const filter = find("gap-filter");
      filter.value = go.dataset.requirement;
      filter.dispatchEvent(new Event("change"));
      check("gaps filtered", all("#gaps tbody tr").every((row) =>
        seen(row) === (row.dataset.requirement === filter.value)));
      filter.value = "";
      filter.dispatchEvent(new Event("change"));
    }

    // Sheets, one at a time.
    const choice = find("sheet-choice");
    if (choice) {
      const last = choice.options.length - 1;
      choice.value = String(last);
      choice.dispatchEvent(new Event("change"));
      check("sheets", all(".sheet").filter(seen).length === 1 && seen(all(".sheet")[last]));
      let printed = null;
      window.print = () => { printed = document.body.className; };
      find("paper-sheets").click();
      check("print sheets", printed === "sheets every" && document.body.className === "");
    }

    // Names for those who do not see.
    const labels = all(".go").map((button) => button.getAttribute("aria-label"));
    check("buttons are told apart", new Set(labels).size === labels.length);
    check("regions have names", all("[tabindex='0']").every((part) =>
      (part.getAttribute("aria-labelledby") || "").split(" ").every((id) => find(id) && find(id).textContent)));
    check("heads have names", all("th").every((head) => head.textContent));
    check("title", document.title.includes(data.title[0]));
    for (const at of data.requirements.keys()) {
      find("requirement").value = at;
      find("requirement").dispatchEvent(new Event("change"));
      const letters = data.edges[data.requirements[at].edge];
      const d = patches.filter((_, patch) => letters[patch] === "1").map((path) => path.getAttribute("d"));
      check("edges", find("edges").getAttribute("d") === d.join("")
        && (d.length === 0 || find("signs").textContent.includes(`(${d.length.toLocaleString("en-US")})`)));
    }
    check("labels", all("button, select, input").every((control) =>
      control.innerText || control.getAttribute("aria-label") || control.closest("label")));
    check("hostile", window.hostile === undefined);
  } catch (caught) {
    error = String(caught.stack || caught);
  }
  const result = document.createElement("pre");
  result.id = "read";
  result.textContent = JSON.stringify({ checks, error });
  document.body.append(result);
})();
