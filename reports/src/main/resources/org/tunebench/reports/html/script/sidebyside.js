// Two models side by side: suites, groups, and what their recipes differ in. Opened by a route compare/MODEL/BESIDE.
const VERDICTS = ["better", "worse", "same", "undecided"];
let sideBySide = () => {};

withData("pairs", data => {
  const form = document.querySelector("[data-filters=two]"), out = byId("two");
  const {model, beside} = form.elements, names = data.models.map(m => m.name);
  options(model, names);
  options(beside, names);

  const p = value => value < 1e-4 ? "<0.0001" : value >= 0.0995 ? value.toFixed(2) : value >= 0.00995 ? value.toFixed(3) : value.toFixed(4);

  // A row of the island as seen from the one model or from the other.
  function seen(row, swapped) {
    const [, , suite, group, verdict, mean, lo, hi, before, after, gained, lost, n, onlyBase, onlyCandidate, test, needed] = row;
    const sign = swapped ? -1 : 1;
    return {suite: data.suites[suite], group, before, after, n, test: data.tests[test], needed,
      verdict: VERDICTS[swapped && verdict < 2 ? 1 - verdict : verdict], mean: sign * mean,
      lo: swapped ? -hi : lo, hi: swapped ? -lo : hi, gained: swapped ? lost : gained, lost: swapped ? gained : lost,
      only: swapped ? [onlyBase, onlyCandidate] : [onlyCandidate, onlyBase]};
  }
  const signed = (suite, value) => {
    const text = (suite.factor * value).toFixed(suite.digits);
    return Number(text) === 0 ? text.replace("-", "") : (value > 0 ? "+" : "") + text.replace("-", "−");
  };
  const words = line => line.verdict === "same" ? "same within ±" + line.suite.margin : line.verdict;

  const needed = line => line.needed === null ? "" : line.needed.toLocaleString("en")
    + (line.needed > line.n ? ", " + (line.needed - line.n).toLocaleString("en") + " more" : "");

  function row(line, a, b) {
    const tr = make("tr", line.group ? "fold group" : ""), th = make("th", "", line.group || line.suite.name), runs = [data.models[b].run, data.models[a].run];
    th.scope = "row";
    tr.id = "two-" + route(line.suite.name, line.group);
    tr.hidden = !!line.group;
    const verdict = make("td");
    verdict.append(make("span", "verdict " + line.verdict, words(line)));
    const items = (count, flip) => {
      const td = make("td", "num");
      td.append(line.group ? String(count) : link(route("samples", line.suite.name, ...runs, flip), String(count)));
      return td;
    };
    const [onlyA, onlyB] = line.only;
    tr.append(th, verdict, make("td", "num", (signed(line.suite, line.mean) + " " + line.suite.unit).trim()),
      make("td", "num", signed(line.suite, line.lo) + " to " + signed(line.suite, line.hi)), make("td", "num", p(line.after)),
      items(line.gained, "gained"), items(line.lost, "lost"),
      make("td", "num", String(line.n) + (onlyA + onlyB ? " common; " + onlyA + " and " + onlyB + " only one of them" : "")),
      make("td", "num", needed(line)), make("td", "num", p(line.before)), make("td", "", line.test));
    return tr;
  }

  function table(lines, a, b) {
    const scroll = make("div", "scroll"), table = make("table", "sticky"), head = make("tr");
    scroll.tabIndex = 0;
    scroll.setAttribute("role", "region");
    scroll.setAttribute("aria-label", "Suite by suite");
    ["Suite", "Verdict", "Difference", "95 % interval", "p after Holm", "Items gained", "Items lost", "of", "Items needed", "p before", "Test"]
      .forEach((title, i) => { const th = make("th", i < 2 || i === 10 ? "" : "num", title); th.scope = "col"; head.append(th); });
    const thead = make("thead");
    thead.append(head);
    table.append(thead);
    for (const line of lines.filter(l => !l.group)) {
      const body = make("tbody"), groups = lines.filter(l => l.group && l.suite === line.suite);
      body.append(row(line, a, b), ...groups.map(g => row(g, a, b)));
      if (groups.length) {
        const button = make("button", "unfold", groups.length + (groups.length === 1 ? " group" : " groups"));
        button.type = "button";
        button.setAttribute("aria-expanded", "false");
        body.rows[0].cells[0].append(" ", button);
      }
      table.append(body);
    }
    scroll.append(table);
    return scroll;
  }

  function recipes(a, b) {
    const [one, other] = [data.recipes[names[a]], data.recipes[names[b]]], box = make("div");
    box.append(make("h4", "", "What the recipes differ in"));
    if (!one || !other) {
      box.append(make("p", "", (one ? names[b] : names[a]) + " has no recipe: it is scored as it is."));
      return box;
    }
    const keys = Object.keys(data.parts).filter(key => (one[key] ?? "") !== (other[key] ?? ""));
    if (!keys.length) box.append(make("p", "", "In nothing but their seeds."));
    else {
      const scroll = make("div", "scroll fit"), table = make("table"), head = make("tr"), thead = make("thead"), tbody = make("tbody");
      ["Part", "Setting", names[a], names[b]].forEach(title => { const th = make("th", "", title); th.scope = "col"; head.append(th); });
      thead.append(head);
      keys.forEach((key, i) => {
        const tr = make("tr"), th = make("th", "", i && data.parts[keys[i - 1]] === data.parts[key] ? "" : data.parts[key]), setting = make("td");
        setting.append(make("code", "", key));
        tr.append(th, setting, make("td", "", one[key] ?? "–"), make("td", "", other[key] ?? "–"));
        tbody.append(tr);
      });
      table.append(thead, tbody);
      scroll.append(table);
      scroll.tabIndex = 0;
      scroll.setAttribute("role", "region");
      scroll.setAttribute("aria-label", "What the recipes differ in");
      box.append(scroll);
    }
    return box;
  }

  function figures(lines) {
    const box = make("div", "forests");
    for (const unit of new Set(lines.map(l => l.suite.unit))) {
      const own = lines.filter(l => l.suite.unit === unit && !l.group), figure = make("figure"), holder = make("div", "canvas"), canvas = make("canvas");
      canvas.setAttribute("role", "img");
      canvas.setAttribute("aria-label", "Differences with 95 % intervals, in " + (unit || "the metric's own unit") + ", as in the table");
      holder.append(canvas);
      figure.append(make("figcaption", "", "Difference, " + (unit || "in the metric’s own unit") + (own.some(l => l.suite.lower) ? " (below 0 is better)" : "")), holder);
      box.append(figure);
      forest(canvas, own.map(l => ({label: l.suite.name, value: l.suite.factor * l.mean, lo: l.suite.factor * l.lo, hi: l.suite.factor * l.hi,
        colour: () => l.verdict === "better" ? ink("better") : l.verdict === "worse" ? ink("worse") : ink("soft"),
        title: signed(l.suite, l.mean) + " (" + signed(l.suite, l.lo) + " to " + signed(l.suite, l.hi) + "): " + words(l)})), true);
    }
    return box;
  }

  function showTwo(a, b) {
    model.value = names[a];
    beside.value = names[b];
    const lines = data.pairs.filter(r => r[0] === a && r[1] === b || r[0] === b && r[1] === a).map(r => seen(r, r[0] === a));
    const suites = lines.filter(l => !l.group), count = verdict => suites.filter(l => l.verdict === verdict).length;
    if (a === b || !suites.length) {
      out.replaceChildren(make("p", "", a === b ? "Choose two different models." : "The two have no samples of the same items, so they are not compared."), ...(a === b ? [] : [recipes(a, b)]));
      return;
    }
    const said = make("p", "said");
    said.append(make("b", "", names[a]), " beside ", make("b", "", names[b]), ": " + VERDICTS.map(v => v + " on " + count(v)).join(", ")
      + (suites.length === 1 ? " of 1 suite." : " of " + suites.length + " suites."));
    out.replaceChildren(said, figures(suites), table(lines, a, b), recipes(a, b));
  }

  form.addEventListener("input", () => {
    showTwo(names.indexOf(model.value), names.indexOf(beside.value));
    remember(route("compare", model.value, beside.value));
  });
  form.addEventListener("submit", event => event.preventDefault());
  sideBySide = (one, other) => {
    const [a, b] = [names.indexOf(one), names.indexOf(other)];
    if (a >= 0 && b >= 0) showTwo(a, b);
    byId("two-title").scrollIntoView();
  };
  showTwo(...data.shown);
  follow("compare");
});
