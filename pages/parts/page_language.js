// Says which language the page is in, and puts the few words that Streamlit brings along into it.
// `words` gives the text for each that Streamlit, or this script before, may have written.
let words = {};
let watching = false;

const ATTRIBUTES = ["aria-label", "title", "placeholder"];

function translate(node) {
  if (node.nodeType === Node.TEXT_NODE) {
    const text = words[node.data.trim()];
    if (text && node.data.trim() !== text && node.parentElement?.closest("[data-baseweb], [role], button, a"))
      node.data = text;
    return;
  }
  if (node.nodeType !== Node.ELEMENT_NODE) return;
  for (const name of ATTRIBUTES) {
    const found = node.getAttribute(name);
    const text = found && words[found];
    if (text && found !== text) node.setAttribute(name, text);
  }
  for (const child of node.childNodes) translate(child);
}

function watch() {
  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach(translate);
      else translate(change.target);
    }
  }).observe(document.body, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES,
  });
}

export default function ({ data }) {
  document.documentElement.lang = data.language;
  words = data.words;
  translate(document.body);
  if (!watching) watch();
  watching = true;
}
