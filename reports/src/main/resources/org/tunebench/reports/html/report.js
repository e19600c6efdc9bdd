"use strict";
(() => {
  const PAGE = 20;
  // The same set as VisibleText.hides.
  const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}\p{Cs}]/gu;
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const island = element => JSON.parse(element.textContent);

  function make(tag, className, text) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) show(element, text);
    return element;
  }

  // Sets a text in which nothing hides: control and bidirectional characters become marked code points.
  function show(element, text) {
    let from = 0;
    for (const match of text.matchAll(HIDDEN)) {
      element.append(text.slice(from, match.index));
      const mark = document.createElement("span");
      mark.className = "hidden-character";
      mark.textContent = "U+" + match[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
      element.append(mark);
      from = match.index + match[0].length;
    }
    element.append(text.slice(from));
  }
  const plain = text => text.replace(HIDDEN, c => "U+" + c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0"));

  // Tables: every row that moves is a tbody of its own, so that its seeds move with it.
  function sort(button) {
    const th = button.closest("th"), table = th.closest("table"), column = th.cellIndex;
    const before = th.getAttribute("aria-sort");
    const descending = before ? before === "ascending" : th.classList.contains("num");
    all("th[aria-sort]", table).forEach(other => other.removeAttribute("aria-sort"));
    th.setAttribute("aria-sort", descending ? "descending" : "ascending");
    const key = body => {
      const cell = body.rows[0].cells[column], raw = cell.dataset.sort ?? cell.textContent.trim();
      return raw === "" ? null : isNaN(raw) ? raw : Number(raw);
    };
    const rows = [...table.tBodies].map(body => [key(body), body]);
    rows.sort(([a], [b]) => {
      if (a === null || b === null) return (a === null) - (b === null);
      const order = typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b));
      return descending ? -order : order;
    });
    table.append(...rows.map(([, body]) => body));
  }

  function unfold(button) {
    const open = button.getAttribute("aria-expanded") !== "true";
    button.setAttribute("aria-expanded", open);
    all("tr.fold", button.closest("tbody")).forEach(row => { row.hidden = !open; });
  }

  function options(select, values, first) {
    select.replaceChildren(...(first === undefined ? [] : [new Option(first, "")]), ...values.map(v => new Option(plain(v), v)));
  }

  function comparison() {
    const form = document.querySelector("[data-filters=pairs]");
    if (!form) return;
    const bodies = [...document.getElementById("pairs").tBodies], field = form.elements;
    const values = key => [...new Set(bodies.map(b => b.dataset[key]))];
    const models = [...new Set([...values("beside"), ...values("model")])];
    options(field.model, models, "all");
    options(field.beside, models, "all");
    options(field.suite, values("suite"), "all");
    const choose = (model, beside, verdict) => {
      field.model.value = model;
      field.beside.value = beside;
      field.suite.value = "";
      field.verdict.value = verdict;
      filter();
    };
    const filter = () => {
      let shown = 0;
      for (const body of bodies) {
        const d = body.dataset, pair = [d.model, d.beside];
        const ok = (!field.model.value || pair.includes(field.model.value))
          && (!field.beside.value || pair.includes(field.beside.value))
          && (!field.suite.value || d.suite === field.suite.value)
          && (!field.verdict.value || field.verdict.value.split(" ").some(v => d.verdict.split(" ").includes(v)));
        body.hidden = !ok;
        shown += ok;
      }
      form.querySelector("output").value = shown + " of " + bodies.length;
    };
    form.addEventListener("input", filter);
    all(".preset", form).forEach(button => button.addEventListener("click", () => choose("", "", button.dataset.verdict)));
    all(".against").forEach(button => button.addEventListener("click", () => {
      choose(button.dataset.a, button.dataset.b, "");
      form.scrollIntoView();
    }));
    choose(form.dataset.model, form.dataset.beside, "");
  }

  function curves() {
    const data = document.getElementById("curves");
    if (!data) return;
    const runs = island(data), form = document.querySelector("[data-filters=curves]"), {axis, scale: height} = form.elements;
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const colours = () => dark.matches
      ? ["#86b7f3", "#f2a65a", "#6fd39b", "#e28fc9", "#c9b458", "#7fd1d8", "#f39b8a", "#b3a4f0"]
      : ["#1f5fae", "#c2610c", "#14713f", "#a3307f", "#7d6608", "#0f7682", "#a8321f", "#5b45b5"];
    const dashes = [[], [6, 3], [2, 3], [8, 3, 2, 3]];
    const off = new Set();
    let charts = [];
    const colour = run => colours()[run.recipe % 8];
    const points = (run, series) =>
      (run[(series === "held_out_loss" ? "held_out_" : "") + axis.value] || []).map((x, i) => ({x, y: run[series][i]}));
    function draw() {
      charts.forEach(chart => chart.destroy());
      const style = getComputedStyle(document.documentElement);
      const soft = style.getPropertyValue("--soft"), line = style.getPropertyValue("--line");
      const scale = (title, type = "linear") => ({type, title: {display: !!title, text: title, color: soft}, grid: {color: line}, ticks: {color: soft, maxTicksLimit: 7}});
      charts = all("canvas[data-series]").map(canvas => new Chart(canvas, {
        type: "line",
        data: {datasets: runs.map(run => ({
          label: plain(run.run), data: points(run, canvas.dataset.series), hidden: off.has(run.run),
          borderColor: colour(run), backgroundColor: colour(run), borderDash: dashes[run.seed % 4], borderWidth: 1.8, pointRadius: canvas.dataset.series === "held_out_loss" ? 3 : 0}))},
        options: {animation: false, responsive: true, maintainAspectRatio: false, normalized: true,
          interaction: {mode: "nearest", axis: "x", intersect: false},
          plugins: {legend: {display: false}}, scales: {x: scale(axis.value === "steps" ? "step" : "supervised tokens"), y: scale("", canvas.dataset.series === "learning_rate" ? "linear" : height.value)}}}));
      legend();
    }
    function legend() {
      document.getElementById("legend").replaceChildren(...runs.map(run => {
        const button = make("button"), svg = document.getElementById("stroke").content.firstElementChild.cloneNode(true);
        svg.firstElementChild.setAttribute("stroke", colour(run));
        svg.firstElementChild.setAttribute("stroke-dasharray", dashes[run.seed % 4].join(" "));
        button.type = "button";
        button.append(svg, plain(run.run));
        button.setAttribute("aria-pressed", !off.has(run.run));
        button.addEventListener("click", () => { off.delete(run.run) || off.add(run.run); draw(); });
        return button;
      }));
    }
    form.addEventListener("input", draw);
    dark.addEventListener("change", draw);
    draw();
  }

  function explorer() {
    const sources = all("script.samples");
    if (!sources.length) return () => {};
    const form = document.querySelector("[data-filters=samples]"), field = form.elements, list = document.getElementById("sample-list");
    const parsed = new Map();
    const names = sources.map(s => /^\{"suite":("(?:[^"\\]|\\.)*")/.exec(s.textContent)).map(m => JSON.parse(m[1]));
    let suite, found = [], page = 0;
    options(field.suite, names);

    function open(name) {
      if (!parsed.has(name)) parsed.set(name, island(sources[names.indexOf(name)]));
      suite = parsed.get(name);
      const [a, b] = [field.a.value, field.b.value];
      options(field.group, suite.groups, "all");
      options(field.a, suite.runs);
      options(field.b, suite.runs);
      field.a.value = suite.runs.includes(a) ? a : suite.runs[0];
      field.b.value = suite.runs.includes(b) ? b : suite.runs[Math.min(1, suite.runs.length - 1)];
    }

    const gain = (a, b) => !a || !b || a.s === undefined || b.s === undefined ? 0 : Math.sign(b.s - a.s) * (suite.lower ? -1 : 1);

    function filter() {
      const group = suite.groups.indexOf(field.group.value), a = suite.runs.indexOf(field.a.value), b = suite.runs.indexOf(field.b.value);
      const flip = field.flip.value, text = field.text.value.toLowerCase();
      found = suite.items.filter(item => (group < 0 || item.g === group)
        && (!flip || (flip === "flagged" ? item.r.some(r => r && r.f && r.f.length)
          : flip === "flips" ? gain(item.r[a], item.r[b]) !== 0 : gain(item.r[a], item.r[b]) === (flip === "gained" ? 1 : -1)))
        && (!text || item.i.toLowerCase().includes(text) || (item.q || "").toLowerCase().includes(text)
          || item.r.some(r => r && (r.a || "").toLowerCase().includes(text))));
      page = 0;
      render();
    }

    function render() {
      const pages = Math.max(1, Math.ceil(found.length / PAGE)), a = suite.runs.indexOf(field.a.value), b = suite.runs.indexOf(field.b.value);
      form.querySelector("output").value = found.length + " of " + suite.items.length;
      document.getElementById("page-number").textContent = "page " + (page + 1) + " of " + pages;
      all(".pager button").forEach(button => { button.disabled = page + Number(button.dataset.page) < 0 || page + Number(button.dataset.page) >= pages; });
      list.replaceChildren(...found.slice(page * PAGE, (page + 1) * PAGE).map(item => row(item, a, b)));
      if (!found.length) list.append(make("p", "", "No sample fits."));
    }

    const score = r => !r || r.s === undefined ? "–" : String(Math.round(r.s * 1000) / 1000);

    function row(item, a, b) {
      const details = make("details"), summary = make("summary"), marks = make("span", "marks");
      summary.append(make("span", "sample-id", item.i), make("span", "sample-start", (item.q || "").slice(-160)));
      const change = gain(item.r[a], item.r[b]);
      marks.append(make("span", "", "A " + score(item.r[a])));
      if (b !== a) marks.append(make("span", change > 0 ? "up" : change < 0 ? "down" : "", "B " + score(item.r[b])));
      summary.append(marks);
      details.append(summary);
      details.addEventListener("toggle", () => { if (details.open && details.children.length === 1) details.append(body(item)); });
      return details;
    }

    function block(title, text) {
      const box = make("div");
      box.append(make("h4", "", title), make("pre", "", text));
      return box;
    }
    const written = value => typeof value === "string" ? value : JSON.stringify(value);

    function body(item) {
      const box = make("div", "sample");
      if (item.g !== undefined) box.append(make("h4", "", suite.groups[item.g]));
      if (item.q) box.append(block("Prompt", item.q));
      if (item.c) box.append(choices(item));
      else if (item.t !== undefined && item.t !== null) box.append(block("Reference", written(item.t)));
      const answers = make("div", "answers");
      item.r.forEach((r, i) => {
        if (!r) return;
        const facts = [suite.metric + " " + score(r), ...(r.f || []).map(f => "⚑ " + written(f))];
        if (item.c && r.a === undefined && !(r.f && r.f.length) && !r.q) return;
        const answer = make("div", "answer");
        answer.append(r.a === undefined ? make("h4", "", suite.runs[i] + ": " + facts.join(", ")) : block(suite.runs[i] + ": " + facts.join(", "), r.a));
        if (r.j) answer.append(make("p", "judged", "Judge: " + r.j));
        if (r.q) answer.append(block("Its prompt", r.q));
        answers.append(answer);
      });
      box.append(answers);
      return box;
    }

    function choices(item) {
      const scroll = make("div", "scroll"), table = make("table"), head = make("tr");
      head.append(make("th", "", "Choice, log-likelihood"), ...suite.runs.map(run => make("th", "num", run)));
      const rows = item.c.map((choice, c) => {
        const line = make("tr", item.t === c || Array.isArray(item.t) && item.t.includes(c) ? "target" : "");
        line.append(make("th", "", (line.className ? "✓ " : "") + written(choice)), ...item.r.map(r =>
          make("td", "num" + (r && r.p === c ? " chosen" : ""), r && r.l && r.l[c] !== undefined && r.l[c] !== null ? Number(r.l[c]).toFixed(2) : r && r.p === c ? "chosen" : "–")));
        return line;
      });
      const thead = make("thead"), tbody = make("tbody");
      thead.append(head);
      tbody.append(...rows);
      table.append(thead, tbody);
      scroll.append(table);
      return scroll;
    }

    form.addEventListener("input", event => { if (event.target === field.suite) open(field.suite.value); filter(); });
    form.addEventListener("submit", event => event.preventDefault());
    all(".pager button").forEach(button => button.addEventListener("click", () => { page += Number(button.dataset.page); render(); }));
    open(names[0]);
    filter();

    return ({suite: name, a, b, flip}) => {
      if (!names.includes(name)) return;
      field.suite.value = name;
      open(name);
      field.a.value = a;
      field.b.value = b;
      field.flip.value = flip;
      field.text.value = "";
      filter();
      document.getElementById("samples").scrollIntoView();
    };
  }

  comparison();
  const explore = explorer();
  curves();
  document.addEventListener("click", event => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.matches(".sort")) sort(button);
    if (button.matches(".unfold")) unfold(button);
    if (button.matches(".flip")) explore(button.dataset);
  });
})();
