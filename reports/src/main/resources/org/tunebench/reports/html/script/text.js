// Elements and texts. Whatever a model, a file or a person wrote is only ever set as text.

// The same set as VisibleText.hides.
const HIDDEN = /(?![\n\t\u200c\u200d\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{NChar}\u2065\u{e0000}-\u{e007f}]/gu;
const code = c => "U+" + c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const byId = id => document.getElementById(id);

// A text in which nothing hides, for places that hold plain text only: options, charts.
const plain = text => String(text).replace(HIDDEN, code);

// The same for elements: control and bidirectional characters become marked code points.
function show(element, text) {
  let from = 0;
  for (const match of text.matchAll(HIDDEN)) {
    element.append(text.slice(from, match.index));
    const mark = document.createElement("span");
    mark.className = "hidden-character";
    mark.textContent = code(match[0]);
    element.append(mark);
    from = match.index + match[0].length;
  }
  element.append(text.slice(from));
  return element;
}

function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) show(element, text);
  return element;
}

function link(href, text, className) {
  const a = make("a", className, text);
  a.setAttribute("href", "#" + href);
  return a;
}

const route = (...parts) => parts.map(encodeURIComponent).join("/");

function options(select, values, first) {
  select.replaceChildren(...(first === undefined ? [] : [new Option(first, "")]), ...values.map(v => new Option(plain(v), v)));
}

// Puts a place into the address, so that the address can be handed on, without going there.
const remember = place => history.replaceState(null, "", "#" + place);
