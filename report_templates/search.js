// Searches what stands in the page: every word must occur, in whatever order. Results are text; nothing found runs or leads out.
"use strict";
(function () {
  const MOST = 100; // shown of each kind
  const data = document.getElementById("lines");
  const root = data.dataset.root;
  const kinds = Object.entries(JSON.parse(data.textContent)).map(([kind, lines]) => [kind, lines.map((line) => [line, line.slice(0, 3).join(" ").toLowerCase()])]);
  const input = document.getElementById("words");
  const results = document.getElementById("results");

  const made = (tag, text, of) => { const node = document.createElement(tag); node.textContent = text || ""; if (of) node.className = of; return node; };

  function item([title, beside, address, page]) {
    const row = made("li");
    const head = page ? made("a", title) : made("strong", title);
    if (page) head.href = root + page.split("/").map(encodeURIComponent).join("/");
    row.append(head, " ", made("span", beside, "note"), document.createElement("br"), made("span", address, "code"));
    return row;
  }

  function search() {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    results.replaceChildren();
    let total = 0;
    if (words.length) kinds.forEach(([kind, lines]) => {
      const found = lines.filter(([, text]) => words.every((word) => text.includes(word)));
      total += found.length;
      if (!found.length) return;
      const list = made("ul", "", "todo");
      list.append(...found.slice(0, MOST).map(([line]) => item(line)));
      results.append(made("h2", kind + found.length + (kind === "网站" ? "家" : kind === "问题" ? "个" : "篇")), list);
      if (found.length > MOST) results.append(made("p", "只显示前" + MOST + "项，请再加一个词。", "note"));
    });
    document.getElementById("found").textContent = words.length ? "找到" + total + "项" : "";
    history.replaceState(null, "", words.length ? "#" + encodeURIComponent(input.value) : "#");
  }

  document.querySelector(".unscripted").hidden = true;
  document.getElementById("search").hidden = false;
  document.getElementById("search").addEventListener("submit", (event) => event.preventDefault());
  input.addEventListener("input", search);
  if (location.hash.length > 1) { input.value = decodeURIComponent(location.hash.slice(1)); search(); }
  input.focus();
})();
