// A file that takes a while to be made is fetched here, so that the page says how far it is. Where a page can keep no
// file, as within another app, the browser does it by itself.
(() => {
  if (/MicroMessenger|DingTalk/i.test(navigator.userAgent)) return;

  const linesIn = (bytes) => bytes.reduce((sum, byte) => sum + (byte === 10), 0);

  const read = async (answer, show) => {
    const { headers } = answer;
    const lines = Number(headers.get("x-lines"));
    const total = lines || (headers.has("content-encoding") ? 0 : Number(headers.get("content-length")));
    const parts = [];
    let done = 0;
    for (let reader = answer.body.getReader(), next; !(next = await reader.read()).done; ) {
      parts.push(next.value);
      done += lines ? linesIn(next.value) : next.value.length;
      if (total) show(Math.min(done / total, 1));
    }
    return new Blob(parts, { type: headers.get("content-type") });
  };

  const keep = (file, name) => {
    const way = document.createElement("a");
    way.href = URL.createObjectURL(file);
    way.download = name;
    way.click();
    setTimeout(() => URL.revokeObjectURL(way.href), 60_000);
  };

  for (const part of document.querySelectorAll("[data-take]")) {
    const [way, bar, told] = ["a", "progress", "[role=status]"].map((one) => part.querySelector(one));
    const { taking, taken, failed } = part.dataset;
    const take = async () => {
      const answer = await fetch(way.href);
      const [, name] = answer.headers.get("content-disposition")?.match(/filename="([^"]+)"/) ?? [];
      if (!name) return location.assign(way.href); // a page that says why there is none
      keep(await read(answer, (share) => (bar.value = share)), name);
      bar.value = 1;
      told.textContent = taken;
    };
    way.addEventListener("click", (event) => {
      event.preventDefault();
      if (part.ariaBusy === "true") return;
      part.ariaBusy = "true";
      bar.removeAttribute("value");
      bar.hidden = false;
      told.textContent = taking;
      take()
        .catch(() => {
          bar.hidden = true;
          told.textContent = failed;
        })
        .finally(() => (part.ariaBusy = "false"));
    });
  }
})();
