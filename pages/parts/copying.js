// Two buttons that put a text, or a link to the question, on the clipboard. Texts arrive as data, never as HTML.
export default function ({ data, parentElement }) {
  const row = parentElement.querySelector(".row");
  row.replaceChildren();
  const add = (label, text) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.onclick = async () => {
      const done = await copy(text());
      button.textContent = done ? data.done : data.failed;
      setTimeout(() => { button.textContent = label; }, 2000);
    };
    row.append(button);
  };
  add(data.copyLabel, () => data.text);
  add(data.linkLabel, () => {
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
