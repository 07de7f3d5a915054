// Sums up how far the page has moved by itself, as `moved`, and says in `movers` what moved, from where and to where.
window.moved = 0;
window.movers = [];
new PerformanceObserver((list) => {
  const corner = ({ x, y }) => `${Math.round(x)},${Math.round(y)}`;
  const brief = (node) => (node?.outerHTML ?? node?.data ?? "what is gone by now").replace(/\s+/g, " ").slice(0, 80);
  for (const { value, hadRecentInput, sources } of list.getEntries()) {
    if (hadRecentInput) continue;
    window.moved += value;
    for (const { node, previousRect, currentRect } of sources) {
      window.movers.push(`${brief(node)} ${corner(previousRect)} → ${corner(currentRect)}`);
    }
  }
}).observe({ type: "layout-shift", buffered: true });
