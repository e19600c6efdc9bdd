// Training curves: which runs, along what, on which scale.
withData("curves", runs => {
  const form = document.querySelector("[data-filters=curves]"), {axis: along, scale: height} = form.elements;
  const dashes = [[], [6, 3], [2, 3], [8, 3, 2, 3]];
  const off = new Set();
  const points = (run, series) =>
    (run[(series === "held_out_loss" ? "held_out_" : "") + along.value] || []).map((x, i) => ({x, y: run[series][i]}));

  function drawn() {
    for (const canvas of all("canvas[data-series]")) {
      const series = canvas.dataset.series, logarithmic = height.value === "logarithmic" && series !== "learning_rate" && series !== "throughput";
      chart(canvas, () => ({
        type: "line",
        data: {datasets: runs.map(run => ({
          label: plain(run.run), data: points(run, series), hidden: off.has(run.run), borderColor: colour(run.recipe), backgroundColor: colour(run.recipe),
          borderDash: dashes[run.seed % 4], borderWidth: 1.8, pointRadius: series === "held_out_loss" ? 3 : 0}))},
        options: {normalized: true, interaction: {mode: "nearest", axis: "x", intersect: false}, plugins: {legend: {display: false}},
          scales: {x: axis(along.value === "steps" ? "step" : "supervised tokens", {type: "linear"}), y: axis("", {type: logarithmic ? "logarithmic" : "linear"})}}}));
    }
    legend();
  }

  function legend() {
    byId("legend").replaceChildren(...runs.map(run => {
      const button = make("button"), swatch = make("span", "swatch" + (run.seed % 4 ? " dashed" : ""));
      swatch.style.borderTopColor = colour(run.recipe);
      button.type = "button";
      button.append(swatch, plain(run.run));
      button.setAttribute("aria-pressed", !off.has(run.run));
      button.addEventListener("click", () => { off.delete(run.run) || off.add(run.run); drawn(); });
      return button;
    }));
  }
  form.addEventListener("input", drawn);
  dark.addEventListener("change", legend);
  drawn();
});
