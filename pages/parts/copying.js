// Two buttons that put a text, or a link to the question, on the clipboard. Texts arrive as data, never as HTML.
const SHEETS = "M9 9h10v11H9zM15 9V4H5v11h4";
const CHAIN = "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1";

export default function ({ data, parentElement }) {
  const row = parentElement.querySelector(".row");
  row.replaceChildren();
  const add = (label, icon, text) => {
    const button = document.createElement("button");
    const name = document.createElement("span");
    button.type = "button";
    button.innerHTML = `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${icon}"/></svg>`;
    name.textContent = label;
    button.append(name);
    button.onclick = async () => {
      const done = await copy(text());
      name.textContent = done ? data.done : data.failed;
      setTimeout(() => { name.textContent = label; }, 2000);
    };
    row.append(button);
  };
  add(data.copyLabel, SHEETS, () => data.text);
  add(data.linkLabel, CHAIN, () => {
    const link = new URL(window.location.href);
    link.search = new URLSearchParams({ q: data.question }).toString();
    return link.toString();
  });
}

// The clipboard of a page that is not served over https, except from this machine, is closed to scripts; an
// element that is selected can still be copied.
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    area.style.position = "fixed";
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}
