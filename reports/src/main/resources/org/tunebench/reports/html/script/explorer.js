// The sample explorer: a list of any length, of which only what is in sight is there, and the chosen sample beside it.
let explore = () => {};

withData("samples", async names => {
  const form = document.querySelector("[data-filters=samples]"), field = form.elements, output = form.querySelector("output");
  const list = byId("sample-list"), room = list.firstElementChild, detail = byId("sample-detail");
  const opened = new Map();
  let suite, found = [], chosen = -1, turn = 0, height = 0;
  options(field.suite, names);

  async function open(name) {
    if (!opened.has(name)) opened.set(name, Samples.open(names.indexOf(name)));
    suite = await opened.get(name);
    const [a, b] = [field.a.value, field.b.value];
    field.suite.value = name;
    options(field.group, suite.groups, "all");
    options(field.a, suite.runs);
    options(field.b, suite.runs);
    field.a.value = suite.runs.includes(a) ? a : suite.runs[0];
    field.b.value = suite.runs.includes(b) ? b : suite.runs[Math.min(1, suite.runs.length - 1)];
    field.flag.replaceChildren(new Option("all", ""), new Option("any flag", "any"), ...Object.keys(suite.flagged).map(f => new Option(plain(f), "flag " + f)));
  }

  const ab = () => [suite.runs.indexOf(field.a.value), suite.runs.indexOf(field.b.value)];

  async function filter() {
    const mine = ++turn, [a, b] = ab(), group = suite.groups.indexOf(field.group.value), flip = field.flip.value, text = field.text.value;
    const flagged = field.flag.value && suite.flaggedItems(field.flag.value, a, b), wanted = {gained: 1, lost: -1}[flip];
    let items = [];
    for (let i = 0; i < suite.ids.length; i++) {
      if (group >= 0 && suite.group[i] !== group) continue;
      if (flagged && !flagged.has(i)) continue;
      if (flip) {
        const gain = suite.gain(i, a, b);
        if (wanted ? gain !== wanted : gain === 0) continue;
      }
      items.push(i);
    }
    if (text) {
      items = await suite.search(items, text, () => mine === turn, at => {
        output.value = "searching, " + Math.round(100 * at / suite.ids.length) + " %";
      });
      if (items === null) return;
    }
    if (mine !== turn) return;
    found = items;
    if (!found.includes(chosen)) chosen = -1;
    output.value = found.length.toLocaleString("en") + " of " + suite.ids.length.toLocaleString("en");
    list.scrollTop = 0;
    render();
    if (chosen < 0) detail.replaceChildren(make("p", "", found.length ? "Choose a sample." : "No sample fits."));
  }

  function option(at, a, b) {
    const item = found[at], row = make("div", "option"), marks = make("span", "marks"), change = suite.gain(item, a, b);
    row.id = "sample-option-" + at;
    row.setAttribute("role", "option");
    row.setAttribute("aria-selected", item === chosen);
    row.setAttribute("aria-setsize", found.length);
    row.setAttribute("aria-posinset", at + 1);
    row.dataset.at = at;
    row.style.transform = "translateY(" + at * height + "px)";
    marks.append(make("span", "", "A " + number(suite.scores[a][item])));
    if (b !== a) marks.append(make("span", change > 0 ? "up" : change < 0 ? "down" : "", "B " + number(suite.scores[b][item])));
    row.append(make("span", "sample-id", suite.ids[item]), make("span", "sample-start", suite.hint[item]), marks);
    return row;
  }

  function render() {
    if (!height) {
      room.replaceChildren(make("div", "option", "x"));
      height = room.firstChild.offsetHeight;
    }
    if (!height) return;
    const [a, b] = ab(), from = Math.max(0, Math.floor(list.scrollTop / height) - 10);
    const to = Math.min(found.length, Math.ceil((list.scrollTop + list.clientHeight) / height) + 10), rows = [];
    for (let at = from; at < to; at++) rows.push(option(at, a, b));
    room.style.height = found.length * height + "px";
    room.replaceChildren(...rows);
    const at = found.indexOf(chosen);
    if (at >= from && at < to) list.setAttribute("aria-activedescendant", "sample-option-" + at);
    else list.removeAttribute("aria-activedescendant");
  }

  async function choose(item, address = true) {
    const [a, b] = ab(), mine = suite;
    chosen = item;
    const at = found.indexOf(item), top = at * height;
    if (at >= 0 && (top < list.scrollTop || top + height > list.scrollTop + list.clientHeight)) list.scrollTop = Math.max(0, top - list.clientHeight / 2);
    render();
    if (address) remember(route("sample", suite.suite, suite.ids[item], suite.runs[a], suite.runs[b]));
    const sample = await suite.item(item);
    if (chosen !== item || suite !== mine) return;
    const view = sampleView(suite, item, sample, a, b, field.mark.checked);
    detail.replaceChildren(view);
    const near = await nearExamples(suite, item, a === b ? [a] : [a, b]);
    if (near) view.append(near);
  }

  form.addEventListener("input", async event => {
    if (event.target === field.suite) {
      chosen = -1;
      await open(field.suite.value);
    }
    if (event.target !== field.mark) await filter();
    if (chosen >= 0) choose(chosen, event.target !== field.text);
  });
  form.addEventListener("submit", event => event.preventDefault());
  // Who goes to the search field is about to search.
  field.text.addEventListener("focus", () => suite.search(suite.ids.keys(), "", () => true, () => {}));
  list.addEventListener("scroll", render, {passive: true});
  addEventListener("resize", () => { height = 0; render(); });
  list.addEventListener("click", event => {
    const row = event.target.closest(".option");
    if (row) choose(found[row.dataset.at]);
  });
  list.addEventListener("keydown", event => {
    const page = Math.max(1, Math.floor(list.clientHeight / height) - 1), at = found.indexOf(chosen);
    const to = {ArrowDown: at + 1, ArrowUp: at < 0 ? 0 : at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: found.length - 1}[event.key];
    if (event.key === "Enter") detail.querySelector("h3")?.focus();
    if (to === undefined || !found.length) return;
    event.preventDefault();
    choose(found[Math.min(found.length - 1, Math.max(0, to))]);
  });

  // Routes: samples/SUITE/A/B/FLIP and sample/SUITE/ID/A/B; A and B may be left out.
  explore = async (kind, name, ...rest) => {
    if (!names.includes(name)) return;
    const [a, b] = kind === "sample" ? rest.slice(1) : rest;
    await open(name);
    if (suite.runs.includes(a)) field.a.value = a;
    if (suite.runs.includes(b)) field.b.value = b;
    field.group.value = field.text.value = field.flag.value = "";
    field.flip.value = kind === "samples" ? rest[2] ?? "" : "";
    await filter();
    byId("samples").scrollIntoView();
    const item = kind === "sample" ? suite.ids.indexOf(rest[0]) : -1;
    if (item >= 0) await choose(item, false);
    else list.focus({preventScroll: true});
  };
  await open(names[0]);
  await filter();
  follow("samples", "sample");
});
