// On a list: j and k lead to the next and the one before, x ticks it. They count while the list has the focus alone,
// so that nobody who speaks or types elsewhere sets them off.
(() => {
  for (const list of document.querySelectorAll("[data-keys]")) {
    const links = [...list.querySelectorAll("a.card-title")];
    list.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      const line = event.target.closest("li");
      const here = links.findIndex((link) => line?.contains(link));
      if (event.key === "j") links[here + 1]?.focus();
      else if (event.key === "k") links[here - 1]?.focus();
      else if (event.key === "x") line?.querySelector("[type=checkbox]")?.click();
      else return;
      event.preventDefault();
    });
  }
})();
