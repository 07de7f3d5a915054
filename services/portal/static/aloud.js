// Reads the page aloud for whoever chose large type. A browser that cannot speak gets no button.
(() => {
  const voice = window.speechSynthesis;
  if (!voice) return;
  const script = document.currentScript;
  const { read, stop } = script.dataset;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "second aloud";
  let speaking = false;

  const turn = (on) => {
    speaking = on;
    button.textContent = on ? stop : read;
  };
  const lines = (part) => part.innerText.split("\n").map((line) => line.trim()).filter(Boolean);
  const say = (line) => {
    const said = new SpeechSynthesisUtterance(line);
    said.lang = document.documentElement.lang;
    voice.speak(said);
    return said;
  };

  button.addEventListener("click", () => {
    voice.cancel();
    turn(!speaking);
    if (!speaking) return;
    const parts = [...button.parentElement.children].filter((part) => part !== button);
    const last = parts.flatMap(lines).map(say).at(-1);
    last.addEventListener("end", () => turn(false));
  });
  window.addEventListener("pagehide", () => voice.cancel());

  turn(false);
  script.after(button); // as the page is read in, so that nothing moves
})();
