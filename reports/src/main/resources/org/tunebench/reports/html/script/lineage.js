// The training examples nearest to a sample, run by run, and the steps that saw them.
let lineage = null;

// Null where no run says what it was trained on.
async function nearExamples(suite, item, runs) {
  if (!packed("lineage")) return null;
  lineage ??= unpack("lineage");
  const data = await lineage, box = make("div", "near"), two = runs.map(run => suite.runs[run]);
  if (!two.some(name => name in data.runs)) return null;
  box.append(make("h4", "", "Nearest training examples"));
  const found = two.map(name => data.near[data.runs[name]]?.[suite.suite]?.[item]);
  if (found.every(triples => triples === undefined)) {
    box.append(make("p", "facts-line", "Looked for were those of " + data.traced.toLocaleString("en") + " of the " + data.of.toLocaleString("en")
      + " items: of each suite the ones on which the most pairs of runs differ. This is none of them."));
    return box;
  }
  const answers = make("div", "answers");
  two.forEach((name, i) => answers.append(nearOf(data, name, found[i], two.length === 2 ? "AB"[i] : "")));
  box.append(make("p", "facts-line", "By the words that the question and its right answer share with the beginning of an example: the cosine, from 0 to 1, of TF-IDF vectors. Near is not the same as cause."), answers);
  return box;
}

function nearOf(data, run, triples, label) {
  const box = make("div", "answer");
  box.append(make("h4", "", (label ? label + ": " : "") + run));
  if (!triples || !triples.length) {
    box.append(make("p", "facts-line", run in data.runs ? "None is near (0.10 or more)." : "No training examples are recorded for it."));
    return box;
  }
  for (let at = 0; at < triples.length; at += 3) {
    const example = data.examples[triples[at]], head = make("p", "near-id");
    head.append(make("b", "", (triples[at + 2] / 100).toFixed(2)), " ", make("code", "", example.id));
    box.append(head, make("p", "facts-line", nearFacts(example, data.seen[run][triples[at + 1]] ?? [0])));
    const text = make("pre");
    text.tabIndex = 0;
    if (example.q) show(text, example.q);
    if (example.q && example.a) text.append("\n");
    if (example.a) text.append(make("span", "near-answer", example.a));
    box.append(text);
  }
  return box;
}

function nearFacts(example, [times, ...steps]) {
  const facts = [["task", example.task], ["category", example.c], ["template", example.i], ...Object.entries(example.s ?? {}).map(([name, value]) => [name, number(value)])];
  const said = facts.filter(([, value]) => value !== undefined).map(([name, value]) => name + " " + value);
  said.push(!times ? "seen in no step" : (times === 1 ? "seen in step " : "seen in steps ") + steps.join(", ") + (times > steps.length ? " and " + (times - steps.length) + " more" : ""));
  return said.join(" · ");
}
