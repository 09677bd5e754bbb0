// Everything from the data is shown as text (textContent), never as markup.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const find = (id) => document.getElementById(id);
  const root = document.documentElement;
  const all = (query) => [...document.querySelectorAll(query)];
  const { patches, searches, requirements, facilities, plans, turns, states, zones } = data;
  const paths = all("#patches path");
  root.classList.add("scripted");
  const zh = () => root.dataset.lang === "zh";
  const say = (chinese, english) => (zh() ? chinese : english);
  const pick = (pair) => pair[zh() ? 0 : 1];
  const number = (value, digits) =>
    value.toLocaleString("en-US", { maximumFractionDigits: digits });
  const now = { plan: data.first[0], requirement: data.first[1], patch: null };

  // --- what stands where -------------------------------------------------------
  // A plan tells of what it changes alone; these are its lists by patch.
  const asked = () => requirements[now.requirement];
  const effect = () => plans[now.plan].requirements[now.requirement];
  let turned = [];
  let states_now = [];
  let ways_now = new Map();
  let amounts_now = new Map();
  function unfold() {
    const { at, turn, is, rest } = effect();
    turned = paths.map(() => rest);
    states_now = [...asked().was].map(Number);
    at.forEach((patch, place) => {
      turned[patch] = Number(turn[place]);
      states_now[patch] = Number(is[place]);
    });
    const ways = plans[now.plan].searches[asked().search];
    ways_now = new Map(ways.at.map((patch, place) => [patch, [ways.m[place], ways.min[place], ways.facility[place]]]));
    const amounts = plans[now.plan].amount;
    amounts_now = new Map(amounts.at.map((patch, place) => [patch, amounts.is[place]]));
  }
  const own = (patch) => {
    const search = searches[asked().search];
    return [search.m[patch], search.min[patch], search.facility[patch]];
  };

  // --- what is painted ---------------------------------------------------------
  function paint() {
    unfold();
    paths.forEach((path, patch) => path.setAttribute("class", turns[turned[patch]].key));
    for (const clip of all("#clips path")) {
      const same = paths.filter((path) => path.getAttribute("class") === clip.dataset.state);
      clip.setAttribute("d", same.map((path) => path.getAttribute("d")).join(""));
    }
    for (const group of all("#drawing .changes")) {
      const shown = Number(group.dataset.plan) === now.plan && find("show-changes").checked;
      if (shown) group.removeAttribute("display");
      else group.setAttribute("display", "none");
    }
    for (const list of all(".changes-here")) list.hidden = Number(list.dataset.plan) !== now.plan;
    const named = requirements[now.requirement];
    find("map-now").replaceChildren(plans[now.plan].name, element("br"), say(named.zh, named.en));
    find("outcome").textContent = pick(effect().outcome);
    find("plan").value = now.plan;
    find("requirement").value = now.requirement;
    marks();
    legend();
    signs();
    about();
    zoneTables();
  }
  function marks() {
    const shown = find("show-marks").checked
      ? searches[asked().search].facilities.filter((at) => facilities.inside[at]) : [];
    const d = shown.map((at) => `M${facilities.at[at][0]} ${facilities.at[at][1]}h0`).join("");
    for (const path of find("marks").children) path.setAttribute("d", d);
  }
  function legend() {
    const list = find("legend");
    list.replaceChildren();
    turns.forEach((turn, at) => {
      const item = element("li");
      const swatch = drawn("svg", { width: 26, height: 16, viewBox: "0 0 26 16", "aria-hidden": "true" });
      swatch.append(drawn("rect", { width: 26, height: 16, class: turn.key, stroke: "#777" }));
      const [count, sum] = effect().counts[at];
      const one = count === 1;
      const what = data.squares ? say(" 格", one ? " square" : " squares") : say(" 个街坊", one ? " block" : " blocks");
      const counted = `${number(count, 0)}${what}`;
      item.append(swatch, element("span", {}, say(`${turn.zh}（${counted}，${pick(sum)}）`, `${turn.en} (${counted}, ${pick(sum)})`)));
      list.append(item);
    });
  }
  // Signs that the map has now.
  function signs() {
    const group = all("#drawing .changes").find((it) => Number(it.dataset.plan) === now.plan);
    const has = {
      dot: () => find("show-marks").checked,
      add_walk: () => group.querySelector(".add_walk"),
      add_block: () => group.querySelector(".outline"),
      close_walk: () => group.querySelector(".close_walk"),
    };
    for (const item of all("#signs li")) {
      const key = item.dataset.sign;
      const there = has[key] ? has[key]() : group.querySelector(`.sign [data-sign~="${key}"]`);
      const hidden = key !== "dot" && !find("show-changes").checked;
      item.hidden = !there || hidden;
    }
  }

  // --- a block in words --------------------------------------------------------
  const nameOf = (patch) => plain(patches.name[patch] || patches.id[patch] || say("方格", "square"));
  const stateOf = (at) => pick(states[at]);
  function wayText([m, min, at]) {
    if (m === null || at === null) return say("没有路可走到", "no way leads to one");
    const name = plain(facilities.name[at]);
    return say(`${name} ${number(m, 0)} 米、${number(min, 1)} 分钟`, `${name} ${number(m, 0)} m, ${number(min, 1)} min`);
  }
  function amountText(amount) {
    if (data.land) return `${number(amount / 10000, 2)} ${say("公顷", "ha")}`;
    return number(amount, 0);
  }
  const arrow = (was, is) => (was === is ? was : `${was} → ${is}`);
  // What there is to say of a block, line by line.
  function linesOf(patch) {
    const amount = amountText(patches.amount[patch]);
    const amount_now = amounts_now.has(patch) ? amountText(amounts_now.get(patch)) : amount;
    const was = own(patch);
    const is = ways_now.has(patch) ? ways_now.get(patch) : was;
    const turn = turns[turned[patch]];
    return [
      [data.land ? say("用地", "land") : say("人口", "people"), arrow(amount, amount_now)],
      [say("变化", "change"), say(turn.zh, turn.en)],
      [say("状态", "state"), arrow(stateOf(Number(asked().was[patch])), stateOf(states_now[patch]))],
      [say("最近设施", "nearest"), arrow(wayText(was), wayText(is))],
    ];
  }
  function about() {
    const list = find("about");
    list.replaceChildren();
    if (now.patch === null) {
      list.append(element("dd", {}, say(
        "指向或点选街坊，查看实施前后的状态和最近设施。",
        "Point at or click a block for its state and its nearest facility, now and with the plan.",
      )));
      return;
    }
    list.append(element("dt", {}, say("街坊", "block")), element("dd", {}, nameOf(now.patch)));
    for (const [term, text] of linesOf(now.patch)) list.append(element("dt", {}, term), element("dd", {}, text));
  }
  const told = (patch) => [nameOf(patch), ...linesOf(patch).map(([term, text]) => `${term}${say("：", ": ")}${text}`)].join("\n");
  function choose(patch) {
    now.patch = patch;
    find("chosen").setAttribute("d", paths[patch].getAttribute("d"));
    about();
    find("said").textContent = told(patch).replaceAll("\n", say("；", "; "));
  }
  const map = mapView({ say, number, centres: patches.at, told, choose, chosen: () => now.patch });

  // --- zones -------------------------------------------------------------------
  const zoneRows = all("#zones-table tr[data-zone]");
  const percent = (share) => {
    const tenths = Math.round(share * 1000);
    if (tenths >= 1000 && share < 1) return ">99.9%";
    if (tenths <= 0 && share > 0) return "<0.1%";
    return `${(tenths / 10).toFixed(1)}%`;
  };
  function pointsText(points) {
    if (points === 0) return "＝";
    const size = Math.round(Math.abs(points) * 10) / 10;
    if (size < 0.1) return points > 0 ? "▲ <0.1" : "▼ <0.1";
    return `${points > 0 ? "▲ +" : "▼ −"}${size.toFixed(1)}`;
  }
  const figure = (value, digits, text) => element("data", { value: value.toFixed(digits) }, text);
  function zoneTables() {
    if (!zones || zoneRows.length === 0) return;
    const [zhName, enName] = [asked().zh, asked().en];
    find("zones-now").textContent = say(zhName, enName);
    const was = zones.was[now.requirement];
    const changed = plans.map((_, plan) => new Map(zones.plans[plan][now.requirement].map(([at, is, points]) => [at, [is, points]])));
    for (const row of zoneRows) {
      const at = Number(row.dataset.zone);
      const cells = [...row.querySelectorAll("td")];
      fill(cells[0], was[at], undefined);
      plans.forEach((_, plan) => {
        const [is, points] = changed[plan].get(at) || [was[at], 0];
        fill(cells[plan + 1], is, was[at] === null ? undefined : points);
      });
      row.hidden = find("only-changed").checked && !changed.some((own) => own.has(at));
    }
  }
  function fill(cell, share, points) {
    if (share === null) {
      cell.replaceChildren("–");
      return;
    }
    const shown = element("span", { class: "share" });
    shown.append(figure(share, 6, percent(share)));
    cell.replaceChildren(shown);
    if (points === undefined || points === null) return;
    const way = points > 0 ? "gain" : points < 0 ? "loss" : "even";
    const change = element("span", { class: `points ${way}` });
    change.append(figure(points, 4, pointsText(points)));
    cell.append(" ", change);
  }

  // --- controls ----------------------------------------------------------------
  find("plan").addEventListener("change", (event) => {
    now.plan = Number(event.target.value);
    options();
    paint();
  });
  find("requirement").addEventListener("change", (event) => {
    now.requirement = Number(event.target.value);
    paint();
  });
  find("show-marks").addEventListener("change", paint);
  find("show-changes").addEventListener("change", paint);
  if (find("show-zones")) find("show-zones").addEventListener("change", (event) => {
    find("zones").style.display = event.target.checked ? "" : "none";
  });
  if (find("only-changed")) find("only-changed").addEventListener("change", zoneTables);
  for (const form of all("form")) form.addEventListener("submit", (event) => event.preventDefault());
  for (const input of all("#whose input")) {
    input.addEventListener("change", () => { root.dataset.whose = input.value; });
  }
  for (const button of all(".go")) {
    button.addEventListener("click", () => {
      now.plan = Number(button.dataset.plan);
      now.requirement = Number(button.dataset.requirement);
      options();
      paint();
      fit();
      find("map").scrollIntoView();
      find("drawing").focus({ preventScroll: true });
    });
  }
  // The blocks that are not as they were, and what the plan changes.
  function fit() {
    const { at } = effect();
    const most = at.length > 0 && Math.min(...turned) < 5 ? at : [];
    const own = all("#drawing .changes").filter((group) => Number(group.dataset.plan) === now.plan);
    map.fit([...most.map((patch) => paths[patch]), ...own].map((part) => part.getBBox()));
  }
  find("to-changes").addEventListener("click", fit);
  // Beside every requirement what the plan brings for it.
  function options() {
    for (const option of find("requirement").options) {
      const net = pick(plans[now.plan].requirements[option.value].net);
      const text = say(option.dataset.zh, option.dataset.en);
      option.textContent = net === null ? text : `${text} ${net}`;
    }
  }

  // --- printing ----------------------------------------------------------------
  find("paper").addEventListener("click", () => window.print());
  // One table is enough on a screen at first; on paper all are open.
  const tables = all("#zones-table details");
  for (const table of tables.slice(1)) table.open = false;
  let wereOpen = [];
  window.addEventListener("beforeprint", () => {
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

  // --- language ----------------------------------------------------------------
  function speak(lang) {
    root.dataset.lang = lang;
    root.lang = lang === "zh" ? "zh-CN" : "en";
    for (const button of all(".lang")) {
      button.setAttribute("aria-pressed", String(button.dataset.set === lang));
    }
    document.title = plain(pick(data.title));
    find("nearer").setAttribute("aria-label", say("放大", "zoom in"));
    find("farther").setAttribute("aria-label", say("缩小", "zoom out"));
    options();
    paint();
    map.show();
  }
  for (const button of all(".lang")) {
    button.addEventListener("click", () => speak(button.dataset.set));
  }
  speak(root.dataset.lang);
})();
