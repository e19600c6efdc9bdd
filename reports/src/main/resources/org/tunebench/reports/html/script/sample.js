// One sample: prompt, choices, what two models said side by side with the differences marked, and what the others said.
const SHOWN = 20000;

// A text of any length; a cut one says what is missing.
function textBlock(title, value, parts) {
  const box = make("div"), pre = make("pre"), whole = Array.isArray(value) ? value[1] : null, text = start(value);
  pre.tabIndex = 0;
  if (title) box.append(make("h4", "", title));
  if (parts) parts.forEach(part => pre.append(part));
  else show(pre, text.slice(0, SHOWN));
  box.append(pre);
  if (!parts && text.length > SHOWN) {
    const more = make("button", "more", "Show all " + text.length.toLocaleString("en") + " characters");
    more.type = "button";
    more.addEventListener("click", () => { show(pre, text.slice(SHOWN)); more.remove(); });
    box.append(more);
  }
  if (whole !== null) box.append(make("p", "cut", "Cut: the first " + text.length.toLocaleString("en") + " of " + whole.toLocaleString("en") + " characters."));
  return box;
}

// Two texts as elements in which the words that only one of them has are marked; null where they are too different to say.
function marked(one, other) {
  const limit = {maxEditLength: 1500};
  const changes = one.length + other.length > 2 * SHOWN ? undefined : Diff.diffWordsWithSpace(one, other, limit) || Diff.diffLines(one, other, limit);
  if (!changes) return null;
  const side = (skipped, tag) => changes.filter(c => !c[skipped]).map(c => make(c.added || c.removed ? tag : "span", "", c.value));
  return [side("added", "del"), side("removed", "ins")];
}

const number = s => Number.isNaN(s) ? "–" : String(Math.round(s * 1000) / 1000);

function facts(suite, item, run) {
  return [suite.metric + " " + number(suite.scores[run][item]), ...suite.flags(item, run).map(f => "⚑ " + f)].join(", ");
}

function answer(suite, item, sample, run, label, parts) {
  const r = sample.r[run], box = make("div", "answer"), head = make("h4", "", (label ? label + ": " : "") + suite.runs[run]);
  box.append(head, make("p", "facts-line", r ? facts(suite, item, run) : "no answer to this item"));
  if (!r) return box;
  if (r.a !== undefined) box.append(textBlock("", r.a, parts));
  if (r.m) box.append(several(r.m));
  if (r.p !== undefined && !sample.c) box.append(make("p", "judged", "Read as: " + written(start(r.p))));
  if (r.j !== undefined || r.n) {
    const judged = textBlock("", r.j ?? "");
    judged.className = "judged";
    judged.prepend(make("h5", "", "Judge: " + (r.n || "")));
    box.append(judged);
  }
  if (r.q) box.append(textBlock("Its prompt", r.q));
  return box;
}

// All answers to an item that was answered several times, with how each fared.
function several(responses) {
  const more = make("details"), tally = new Map();
  responses.forEach(([, verdict]) => tally.set(verdict, (tally.get(verdict) || 0) + 1));
  more.append(make("summary", "", "All " + responses.length + " answers: " + [...tally].map(([verdict, n]) => n + " " + written(verdict).replaceAll("_", " ")).join(", ")));
  more.addEventListener("toggle", () => {
    if (more.open && more.children.length === 1) responses.forEach(([text, verdict, message], i) =>
      more.append(textBlock(i + 1 + ": " + written(verdict).replaceAll("_", " ") + (message ? ", " + start(message) : ""), text)));
  });
  return more;
}

function choices(suite, sample, runs) {
  const scroll = make("div", "scroll"), table = make("table", "choices"), head = make("tr"), thead = make("thead"), tbody = make("tbody");
  const isTarget = c => sample.t === c || Array.isArray(sample.t) && sample.t.includes(c);
  scroll.tabIndex = 0;
  scroll.setAttribute("role", "region");
  scroll.setAttribute("aria-label", "Choices with log-likelihoods");
  ["Choice", ...runs.map(run => suite.runs[run])].forEach((title, i) => { const th = make("th", i ? "num" : "", title); th.scope = "col"; head.append(th); });
  sample.c.forEach((choice, c) => {
    const line = make("tr", isTarget(c) ? "target" : ""), th = make("th", "", (isTarget(c) ? "✓ " : "") + start(choice));
    th.scope = "row";
    line.append(th, ...runs.map(run => {
      const r = sample.r[run], value = r && r.l && r.l[c];
      return make("td", "num" + (r && r.p === c ? " chosen" : ""), typeof value === "number" ? value.toFixed(2) : r && r.p === c ? "chosen" : "–");
    }));
    tbody.append(line);
  });
  thead.append(head);
  table.append(thead, tbody);
  scroll.append(table);
  return scroll;
}

function sampleView(suite, item, sample, a, b, mark) {
  const box = make("div", "sample"), title = make("h3", "", suite.ids[item]), others = suite.runs.map((_, i) => i).filter(i => i !== a && i !== b);
  const place = route("sample", suite.suite, suite.ids[item], suite.runs[a], suite.runs[b]), two = a === b ? [a] : [a, b];
  title.tabIndex = -1;
  box.append(title, link(place, "Link to this sample", "place"));
  if (suite.group[item] >= 0) box.append(make("p", "facts-line", suite.groups[suite.group[item]]));
  if (sample.q !== undefined) box.append(textBlock("Prompt", sample.q));
  if (sample.c) {
    box.append(make("h4", "", "Choices, log-likelihoods"), choices(suite, sample, [...two, ...others]));
  } else if (sample.t !== undefined && sample.t !== null) {
    box.append(textBlock("Reference", Array.isArray(sample.t) && typeof sample.t[0] === "string" && typeof sample.t[1] === "number" ? sample.t : written(sample.t)));
  }
  const texts = two.map(run => sample.r[run]?.a), both = texts.length === 2 && texts.every(t => t !== undefined);
  const differences = both && mark ? marked(start(texts[0]), start(texts[1])) : null, answers = make("div", "answers");
  two.forEach((run, i) => answers.append(answer(suite, item, sample, run, two.length === 2 ? "AB"[i] : "", differences?.[i])));
  box.append(answers);
  if (both && mark && !differences) box.append(make("p", "facts-line", "The two are too long or too different for their differences to be marked."));
  if (others.some(run => sample.r[run]?.a !== undefined)) {
    const more = make("details"), rest = make("div", "answers");
    more.append(make("summary", "", others.length === 1 ? "The other model" : "The other " + others.length + " models"), rest);
    more.addEventListener("toggle", () => { if (more.open && !rest.children.length) others.forEach(run => rest.append(answer(suite, item, sample, run, ""))); });
    box.append(more);
  }
  return box;
}
