// All comparisons: which lines the table shows.
const pairs = document.querySelector("[data-filters=pairs]");
if (pairs) {
  const bodies = [...byId("pairs").tBodies], field = pairs.elements;
  const values = key => [...new Set(bodies.map(b => b.dataset[key]))];
  const models = [...new Set([...values("beside"), ...values("model")])];
  options(field.model, models, "all");
  options(field.beside, models, "all");
  options(field.suite, values("suite"), "all");
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
    pairs.querySelector("output").value = shown + " of " + bodies.length;
  };
  pairs.addEventListener("input", filter);
  pairs.addEventListener("submit", event => event.preventDefault());
  filter();
}
