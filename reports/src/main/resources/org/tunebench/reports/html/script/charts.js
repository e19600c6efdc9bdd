// Charts are drawn when they come into view, again when the colours change, and all of them for print.
const dark = matchMedia("(prefers-color-scheme: dark)");
const colours = () => dark.matches
  ? ["#86b7f3", "#f2a65a", "#6fd39b", "#e28fc9", "#c9b458", "#7fd1d8", "#f39b8a", "#b3a4f0"]
  : ["#1f5fae", "#c2610c", "#14713f", "#a3307f", "#7d6608", "#0f7682", "#a8321f", "#5b45b5"];
const colour = i => colours()[i % 8];
const ink = name => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
const charts = new Map();

const sight = new IntersectionObserver(entries => {
  entries.filter(e => e.isIntersecting).forEach(e => draw(e.target));
}, {rootMargin: "400px"});

// configure() gives Chart.js's configuration anew each time.
function chart(canvas, configure) {
  charts.get(canvas)?.drawn?.destroy();
  charts.set(canvas, {configure, drawn: null});
  sight.observe(canvas);
}

function draw(canvas) {
  const held = charts.get(canvas);
  if (!held || held.drawn || !canvas.isConnected || !canvas.offsetParent) return;
  sight.unobserve(canvas);
  const configuration = held.configure();
  configuration.options = {animation: false, responsive: true, maintainAspectRatio: false, ...configuration.options};
  held.drawn = new Chart(canvas, configuration);
}

function redraw(canvas) {
  const held = charts.get(canvas);
  if (held) chart(canvas, held.configure);
}

dark.addEventListener("change", () => [...charts.keys()].forEach(redraw));
addEventListener("beforeprint", () => [...charts.keys()].forEach(draw));

const axis = (title, more = {}) => ({
  title: {display: !!title, text: title, color: ink("soft")}, grid: {color: ink("line")},
  ticks: {color: ink("soft"), maxTicksLimit: 7}, ...more});

// Points with intervals, a line each: [{label, value, lo, hi, colour, title}].
function forest(canvas, lines, zero) {
  canvas.parentElement.style.height = 46 + 24 * lines.length + "px";
  const short = text => {
    const most = Math.max(9, Math.floor(canvas.parentElement.clientWidth / 17));
    return text.length > most ? text.slice(0, most - 1) + "…" : text;
  };
  chart(canvas, () => ({
    type: "bar",
    data: {labels: lines.map(l => plain(l.label)), datasets: [
      {type: "line", order: 1, showLine: false, data: lines.map(l => l.value), pointRadius: 4, pointHoverRadius: 5,
        pointBackgroundColor: lines.map(l => l.colour()), pointBorderWidth: 0},
      {type: "bar", order: 2, data: lines.map(l => l.value === null ? null : [l.lo, l.hi]), barThickness: 4, borderRadius: 2,
        borderSkipped: false, backgroundColor: ink("bar")}]},
    options: {
      indexAxis: "y",
      plugins: {legend: {display: false}, tooltip: {filter: item => item.datasetIndex === 0,
        callbacks: {label: item => lines[item.dataIndex].title}}},
      scales: {
        x: axis("", zero ? {grid: {color: at => at.tick.value === 0 ? ink("soft") : ink("line")}} : {}),
        y: {grid: {display: false}, ticks: {color: ink("text"), autoSkip: false,
          callback: (value, i) => short(plain(lines[i].label))}}}}}));
}
