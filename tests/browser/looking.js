// What a page owes to everybody, found out in the page itself. `least` is the smallest target and `type` the smallest
// letter allowed, in CSS pixels; `moved` is how far the page may have moved while it was loaded.
({ least, type, moved }) => {
  const faults = [];
  const brief = (one) => one.outerHTML.replace(/\s+/g, " ").slice(0, 140);
  const boxOf = (one) => one.getBoundingClientRect();
  for (const folded of document.querySelectorAll("details")) folded.open = true;

  if (document.title.startsWith(" ·") || !document.documentElement.lang) faults.push("no title or language");
  if (document.querySelectorAll("h1").length !== 1) faults.push("not one heading of the first order");

  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > wide) {
    const beyond = [...document.querySelectorAll("body *")].filter((one) => boxOf(one).right > wide + 1);
    faults.push(...beyond.map((one) => `sticks out: ${brief(one)}`), "scrolls sideways");
  }

  const inSentence = (one) =>
    getComputedStyle(one).display === "inline" &&
    [...one.parentElement.childNodes].some((beside) => beside.nodeType === Node.TEXT_NODE && beside.data.trim());
  for (const one of document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")) {
    const target = one.closest("label") ?? one;
    if (!target.checkVisibility() || one.matches(".skip") || inSentence(one)) continue;
    const { width, height } = boxOf(target);
    if (Math.min(width, height) < least - 0.5) faults.push(`${Math.round(width)}×${Math.round(height)} px: ${brief(target)}`);
  }

  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const around = words.currentNode.parentElement;
    if (!words.currentNode.data.trim() || !around.checkVisibility() || around.closest("svg, option")) continue;
    const size = parseFloat(getComputedStyle(around).fontSize);
    if (size < type - 0.1) faults.push(`type of ${size} px: ${brief(around)}`);
  }

  const loaded = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
  const bytes = loaded.filter((one) => !one.name.includes("/evidence/")).reduce((sum, one) => sum + one.encodedBodySize, 0);
  if (bytes > 60_000) faults.push(`${bytes} bytes at first sight`);
  if (window.moved > moved) faults.push(`moves while it loads: ${window.moved} (${window.movers.join("; ")})`);
  return [...new Set(faults)];
};
