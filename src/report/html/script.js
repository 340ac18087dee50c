"use strict";
(() => {
  const words = document.body.dataset;
  const value = (cell) => cell.dataset.v !== undefined ? Number(cell.dataset.v) : parseFloat(cell.textContent);
  const compare = (a, b) => {
    const [x, y] = [value(a), value(b)];
    const [p, q] = [Number.isNaN(x), Number.isNaN(y)];
    if (!p && !q) return x - y;
    if (p !== q) return null;
    return a.textContent.localeCompare(b.textContent, document.documentElement.lang);
  };
  const sort = (table, at, down) => {
    for (const body of table.tBodies) {
      const rows = [...body.rows].filter((row) => !row.className);
      const rest = [...body.rows].filter((row) => row.className === "total");
      rows.sort((a, b) => {
        const order = compare(a.cells[at], b.cells[at]);
        // What has no number stands last, whichever way.
        if (order === null) return Number.isNaN(value(a.cells[at])) ? 1 : -1;
        return down ? -order : order;
      });
      body.append(...rows, ...rest);
    }
  };
  for (const table of document.querySelectorAll("table.sort")) {
    [...table.tHead.rows[0].cells].forEach((cell, at) => {
      // A button of its own kind: browsers leave real ones out of headings repeated on paper.
      const button = document.createElement("span");
      button.setAttribute("role", "button");
      button.tabIndex = 0;
      button.textContent = cell.textContent;
      cell.replaceChildren(button);
      const turn = () => {
        const first = cell.classList.contains("n") ? "descending" : "ascending";
        const turned = { ascending: "descending", descending: "ascending" }[cell.getAttribute("aria-sort")];
        for (const other of cell.parentNode.cells) other.removeAttribute("aria-sort");
        cell.setAttribute("aria-sort", turned || first);
        sort(table, at, cell.getAttribute("aria-sort") === "descending");
      };
      button.addEventListener("click", turn);
      button.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        turn();
      });
    });
  }
  for (const table of document.querySelectorAll("table.filter")) {
    const box = document.createElement("div");
    const label = document.createElement("label");
    const input = document.createElement("input");
    const count = document.createElement("span");
    box.className = "filter-box";
    input.type = "search";
    count.setAttribute("role", "status");
    label.append(words.filter + " ", input);
    box.append(label, count);
    table.closest(".scroll").before(box);
    const rows = [...table.tBodies].flatMap((body) => [...body.rows]).filter((row) => !row.className);
    const texts = rows.map((row) => row.textContent.toLowerCase());
    input.addEventListener("input", () => {
      const wanted = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      rows.forEach((row, at) => {
        row.hidden = !wanted.every((word) => texts[at].includes(word));
        shown += row.hidden ? 0 : 1;
      });
      count.textContent = `${shown} / ${rows.length}`;
    });
  }
  const reveal = () => {
    const place = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let at = place; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    if (place) place.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  reveal();
})();
