// A new question moves to the top, so that its answer is read from its beginning, and on a phone is seen at all;
// a citation mark in a sentence opens its source, as the button with its number does.
let shown = 0;
let holding = 0;

const running = () => document.querySelector("[data-testid=stApp]")?.dataset.testScriptState !== "notRunning";

// What stands above a question changes while the page is drawn anew: hold it until that is over, or until the
// reader moves.
function hold(count) {
  const mine = ++holding;
  let quietSince = 0;
  const release = () => { if (holding === mine) holding += 1; };
  const gestures = ["wheel", "touchmove", "keydown", "pointerdown"];
  gestures.forEach((name) => addEventListener(name, release, { once: true, passive: true, capture: true }));
  const step = (now) => {
    if (holding !== mine) return;
    document.querySelectorAll(".hq-question")[count - 1]?.scrollIntoView({ block: "start", behavior: "instant" });
    if (running()) quietSince = 0;
    else quietSince ||= now;
    if (quietSince && now - quietSince > 500) release();
    else requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
}

function openSource(event) {
  const mark = event.target.closest?.(".hq-answer .hq-key");
  const turn = mark?.closest("[class*='st-key-turn-']");
  const position = turn?.className.match(/st-key-turn-(\d+)/)?.[1];
  turn?.querySelector(`.st-key-chip-${position}-${mark.textContent} button`)?.click();
}

export default function ({ data }) {
  document.removeEventListener("click", document.hoiOpenSource);
  document.hoiOpenSource = openSource;
  document.addEventListener("click", openSource);
  if (data !== shown && data > 0) hold(data);
  shown = data;
}
