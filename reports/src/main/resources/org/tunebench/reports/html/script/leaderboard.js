// The leaderboard: which rows and columns it shows, and its scores as charts in the same order.
withData("scores", data => {
  const table = document.querySelector("table.leaderboard"), form = document.querySelector("[data-filters=leaderboard]");
  const figures = byId("forests");
  const anchors = new Map(data.anchors.map((anchor, i) => [anchor, i]));
  const places = data.suites.map(suite => {
    const figure = make("figure"), caption = make("figcaption", "", suite.suite + " "), box = make("div", "canvas"), canvas = make("canvas");
    caption.append(make("span", "unit", suite.note));
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", "Scores on " + plain(suite.suite) + " with 95 % intervals, as in the table");
    box.append(canvas);
    figure.append(caption, box);
    figures.append(figure);
    return {suite, figure, canvas};
  });

  function drawn() {
    const models = [...table.tBodies].filter(body => !body.hidden).map(body => anchors.get(body.id));
    for (const {suite, canvas} of places) {
      forest(canvas, models.filter(m => suite.points[m]).map(m => {
        const [value, lo, hi] = suite.points[m];
        return {label: data.models[m], value, lo, hi, colour: () => data.baseline[m] ? ink("soft") : ink("accent"),
          title: value + " (" + lo + " to " + hi + ")"};
      }));
    }
  }

  function filter() {
    const name = form.elements.name.value.toLowerCase(), kind = form.elements.kind.value;
    let shown = 0;
    for (const body of table.tBodies) {
      const ok = (!name || body.dataset.name.toLowerCase().includes(name)) && (!kind || body.dataset.kind === kind);
      body.hidden = !ok;
      shown += ok;
    }
    form.querySelector("output").value = shown + " of " + table.tBodies.length;
    drawn();
  }

  all("input[data-suite]", form).forEach((box, i) => box.addEventListener("change", () => {
    const column = 2 + i;
    for (const row of table.rows) if (row.cells[column]) row.cells[column].hidden = !box.checked;
    places[i].figure.hidden = !box.checked;
  }));
  form.addEventListener("input", event => { if (!event.target.dataset.suite) filter(); });
  form.addEventListener("submit", event => event.preventDefault());
  table.addEventListener("reordered", drawn);
  filter();
});
