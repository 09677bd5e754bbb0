// Everything from the data is shown as text (textContent), never as markup.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const find = (id) => document.getElementById(id);
  const root = document.documentElement;
  const { patches, searches, requirements, facilities, states, steps } = data;
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
    const { all, facilities: listed } = searches[asked().search];
    const inside = listed.filter((at) => facilities.inside[at]).length;
    const outside = listed.length - inside;
    const unlisted = all - listed.length;
    add("circle", { class: "dot", cx: 13, cy: 8, r: 4 }, `${say("设施", "facilities")} ${number(inside, 0)}`
      + (outside > 0 ? say(`（图外 ${number(outside, 0)}）`, `, ${number(outside, 0)} outside the map`) : "")
      + (unlisted > 0 ? say(
        `；另有 ${number(unlisted, 0)} 处不是任何方格的最近设施，未列出`,
        `; ${number(unlisted, 0)} more that are nearest to no square are not listed`,
      ) : ""));
    if (find("zones").childElementCount > 0) {
      add("path", { class: "zone", d: "M0 8h26", "stroke-dasharray": "7 3" }, say("分区界线", "zones"));
    }
    if (edges.length > 0) {
      add("rect", { x: 2, y: 2, width: 22, height: 12, fill: "none", stroke: "#000", "stroke-width": 1.2, "stroke-dasharray": "3 6" },
        `${words.edge()} (${number(edges.length, 0)})`);
    }
  }

  // --- a block in words ------------------------------------------------------
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
      if (searches[requirement.search].all === 0) return;
      add(say(requirement.zh, requirement.en), nearestText(patch, requirement));
    });
  }

  function told(patch) {
    const state = stateOf(patch);
    return `${nameOf(patch)}\n${say(state.zh, state.en)}\n${nearestText(patch)}`;
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
  const map = mapView({ say, number, centres: patches.at, told, choose, chosen: () => now.patch });

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
  for (const button of document.querySelectorAll(".go")) {
    button.addEventListener("click", () => {
      ask(Number(button.dataset.requirement));
      map.goTo(Number(button.dataset.patch));
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
    if (!map.onPaper) wereOpen = tables.map((table) => table.open);
    for (const table of tables) table.open = true;
    map.onPaper = true;
    map.show();
  });
  window.addEventListener("afterprint", () => {
    tables.forEach((table, at) => { table.open = wereOpen[at]; });
    map.onPaper = false;
    map.show();
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
    map.show();
  }
  for (const button of document.querySelectorAll(".lang")) {
    button.addEventListener("click", () => speak(button.dataset.set));
  }
  ask(data.first);
  speak(root.dataset.lang);
})();
