// Tables that can be sorted and filtered. A document reads the same without it, and prints without what it adds.
"use strict";
(function () {
  const numeric = (text) => (/^-?[\d.,]+%?$/.test(text) ? parseFloat(text.replace(/[,%]/g, "")) : NaN);
  const words = (row, at) => row.cells[at].textContent.trim();
  const compare = (a, b) => {
    const x = numeric(a), y = numeric(b);
    if (!isNaN(x) && !isNaN(y)) return x - y;
    return a.localeCompare(b, "zh-CN", { numeric: true });
  };

  function sortable(table, say) {
    const heads = Array.from(table.tHead.rows[0].cells);
    heads.forEach((head, at) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const rows = Array.from(table.tBodies[0].rows);
        rows.sort((a, b) => compare(words(a, at), words(b, at)) * (down ? -1 : 1));
        table.tBodies[0].append(...rows);
        say("已按“" + button.textContent.trim() + "”" + (down ? "降序" : "升序") + "排列");
      });
    });
  }

  // A box that searches all columns, and a list of words for each column whose head says `data-choose`.
  function filterable(table, box, say) {
    const label = document.createElement("label");
    const input = document.createElement("input");
    input.type = "search";
    label.append("筛选", input);
    box.append(label);
    const rows = Array.from(table.tBodies[0].rows);
    const texts = rows.map((row) => row.textContent.toLowerCase());
    const chosen = Array.from(table.tHead.rows[0].cells)
      .map((head, at) => [head, at])
      .filter(([head]) => "choose" in head.dataset)
      .map(([head, at]) => [chooser(head.textContent.trim(), rows.map((row) => words(row, at)), box), at]);
    const filter = () => {
      const wanted = input.value.trim().toLowerCase().split(/\s+/);
      let left = 0;
      rows.forEach((row, at) => {
        row.hidden = !wanted.every((word) => texts[at].includes(word)) ||
          chosen.some(([list, column]) => list.value && list.value !== words(row, column));
        left += row.hidden ? 0 : 1;
      });
      say(left < rows.length ? "显示" + left + "行，共" + rows.length + "行" : "");
    };
    [input, ...chosen.map(([list]) => list)].forEach((control) => control.addEventListener("input", filter));
  }

  function chooser(title, values, box) {
    const label = document.createElement("label");
    const list = document.createElement("select");
    list.append(new Option("全部", ""));
    Array.from(new Set(values)).sort((a, b) => a.localeCompare(b, "zh-CN")).forEach((value) => list.append(new Option(value, value)));
    label.append(title, list);
    box.append(label);
    return list;
  }

  // On a phone a row is a card, each value under the title of its column: `.cards` of the style sheets.
  document.querySelectorAll("table:not(.cards)").forEach((table) => {
    const heads = table.tHead && table.tHead.rows.length === 1 ? Array.from(table.tHead.rows[0].cells) : [];
    const rows = Array.from(table.rows).slice(1);
    if (!heads.length || table.closest("figure") || rows.some((row) => row.cells.length !== heads.length)) return;
    const titles = heads.map((head) => head.textContent.trim());
    table.classList.add("cards");
    rows.forEach((row) => Array.from(row.cells).forEach((cell, at) => { cell.dataset.title = titles[at]; }));
  });

  document.querySelectorAll("table.sortable").forEach((table) => {
    if (!table.tHead || table.tBodies[0].rows.length < 3) return;
    const box = document.createElement("div");
    box.className = "table-tools screen";
    const told = document.createElement("span");
    told.setAttribute("role", "status");
    const say = (text) => { told.textContent = text; };
    filterable(table, box, say);
    box.append(told);
    const frame = table.closest(".scroll") || table;
    frame.before(box);
    sortable(table, say);
  });
})();
