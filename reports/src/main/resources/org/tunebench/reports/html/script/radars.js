// Ratings by category, as a radar: both turns, the first or the second.
withData("radars", suites => suites.forEach((suite, number) => {
  const canvas = byId("radar-" + number), turn = byId("turn-" + number);
  if (!canvas) return;
  const drawn = () => chart(canvas, () => ({
    type: suite.categories.length > 2 ? "radar" : "bar",
    data: {labels: suite.categories.map(plain), datasets: suite.runs.map((run, i) => ({
      label: plain(run), data: suite.values[i][turn ? Number(turn.value) : 0], borderColor: colour(i),
      backgroundColor: suite.categories.length > 2 ? "transparent" : colour(i), borderWidth: 2, pointRadius: 3, pointBackgroundColor: colour(i)}))},
    options: {plugins: {legend: {position: "bottom", labels: {color: ink("text"), boxWidth: 14}}},
      scales: suite.categories.length > 2
        ? {r: {min: 0, max: 10, grid: {color: ink("line")}, angleLines: {color: ink("line")}, pointLabels: {color: ink("text")}, ticks: {color: ink("soft"), backdropColor: "transparent", stepSize: 2}}}
        : {y: axis("rating", {min: 0, max: 10}), x: axis("")}}}));
  turn?.addEventListener("input", drawn);
  drawn();
}));
