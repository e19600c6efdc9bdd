// Addresses: #id goes to a row wherever it is folded away; #compare/…, #samples/… and #sample/… open what they name. A part
// of the page that has just been made ready follows its own kinds only.
function follow(...only) {
  const place = location.hash.slice(1);
  if (place.includes("/")) {
    const [kind, ...parts] = place.split("/").map(part => { try { return decodeURIComponent(part); } catch { return part; } });
    if (only.length && !only.includes(kind)) return;
    if (kind === "compare") sideBySide(...parts);
    if (kind === "samples" || kind === "sample") explore(kind, ...parts);
    return;
  }
  const target = place && byId(place);
  if (!target || only.length) return;
  for (let at = target; at; at = at.parentElement) {
    if (at.tagName === "DETAILS") at.open = true;
    if (at.hidden) at.hidden = false;
  }
  const fold = target.closest("tr.fold"), button = fold && fold.closest("tbody").querySelector("button.unfold");
  if (button) unfold(button, true);
  target.scrollIntoView();
}
addEventListener("hashchange", () => follow());
follow();
