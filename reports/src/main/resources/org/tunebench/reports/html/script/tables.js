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
  table.dispatchEvent(new Event("reordered", {bubbles: true}));
}

function unfold(button, open = button.getAttribute("aria-expanded") !== "true") {
  button.setAttribute("aria-expanded", open);
  all("tr.fold", button.closest("tbody")).forEach(row => { row.hidden = !open; });
}

document.addEventListener("click", event => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.matches(".sort")) sort(button);
  if (button.matches(".unfold")) unfold(button);
});
