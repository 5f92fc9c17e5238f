// The review page: shows one fault or row after the other, keeps what is decided in the browser, saves it as files. Sends nothing.
"use strict";
(function () {
  const at = (id) => document.getElementById(id);
  const page = at("review");
  const items = Array.from(document.querySelectorAll("#items > li"));
  const forms = JSON.parse(page.dataset.forms); // of the faults, and of the rows that people judge: file, words, columns
  const EXCUSED = forms[0].words[2]; // 说明免计
  const saved = new Set(); // forms of which nothing was decided since they were saved
  const store = "govcrawl-review-" + page.dataset.assessment;
  let kept = { by: "", decisions: {} };
  let now = 0;

  const article = (place) => items[place].firstElementChild;
  const key = (place) => article(place).dataset.key;
  const formOf = (place) => Number(article(place).dataset.form);
  const written = (place) => Object.assign({ word: "", remark: "", until: "", points: "", overrule: false }, kept.decisions[key(place)]);
  const decided = (place) => (written(place).word ? written(place) : undefined);
  const lacking = (made) => (made.word === EXCUSED && (!made.remark.trim() || !made.until)) || (made.until && !day(made.until));
  // Points are a number within what the row can move; a row that moves none takes none.
  const pointless = (place) => {
    const points = written(place).points.trim(), most = article(place).dataset.most;
    return points !== "" && !(/^\d+(\.\d+)?$/.test(points) && most && Number(points) <= Number(most));
  };
  const today = () => { const d = new Date(); return new Date(d - d.getTimezoneOffset() * 60000).toISOString().slice(0, 10); };

  // A day as people write it → 2026-12-31; empty for one that is none. A field of the browser's own would differ from one to the next.
  function day(text) {
    const part = /^\s*(\d{4})\D?(\d{1,2})\D?(\d{1,2})日?\s*$/.exec(text);
    if (!part) return "";
    const iso = [part[1], part[2].padStart(2, "0"), part[3].padStart(2, "0")].join("-");
    const found = new Date(iso + "T00:00:00Z");
    return !isNaN(found) && found.toISOString().startsWith(iso) ? iso : "";
  }

  function warn(text) {
    at("told").textContent = text;
    at("told").hidden = !text;
  }

  function keep() {
    try {
      localStorage.setItem(store, JSON.stringify(kept));
    } catch {
      warn("本浏览器不能保存进度，请在关闭本页之前保存判定文件。");
    }
    tell();
  }

  function tell() {
    const done = items.filter((_, place) => decided(place)).length;
    at("progress").textContent = "第" + (now + 1) + "个，共" + items.length + "个；已判定" + done + "个，未判定" + (items.length - done) + "个";
    const made = decided(now);
    document.querySelectorAll(".word").forEach((button) => {
      button.hidden = Number(button.dataset.form) !== formOf(now);
      button.setAttribute("aria-pressed", String(Boolean(made) && made.word === button.dataset.word));
    });
  }

  function show(place, focus) {
    now = Math.max(0, Math.min(items.length - 1, place));
    items.forEach((item, each) => { item.hidden = each !== now; });
    const made = written(now);
    at("remark").value = made.remark;
    at("until").value = made.until;
    at("overrule").checked = made.overrule;
    at("points").value = made.points;
    document.querySelector(".points").hidden = !article(now).dataset.most;
    document.querySelector(".overrule").hidden = !("before" in article(now).dataset);
    tell();
    if (focus) article(now).focus();
  }

  function toOpen() {
    const order = items.map((_, each) => (now + 1 + each) % items.length);
    const next = order.find((place) => !decided(place));
    show(next === undefined ? now : next, true);
  }

  function put(word) {
    kept.decisions[key(now)] = { word, remark: at("remark").value, until: at("until").value, points: at("points").value, overrule: at("overrule").checked };
    saved.delete(formOf(now));
    warn("");
    keep();
  }

  function decide(word) {
    put(word);
    if (pointless(now)) {
      warn("分值须为不超过满分的数字。");
      return at("points").focus();
    }
    if (!lacking(decided(now))) return toOpen();
    warn("说明免计须写明说明和截止日期。");
    (at("remark").value.trim() ? at("until") : at("remark")).focus();
  }

  function undo() {
    delete kept.decisions[key(now)];
    saved.delete(formOf(now));
    warn("");
    keep();
    show(now, true);
  }

  const cell = (text) => '"' + text.replace(/"/g, '""') + '"';

  function save() {
    const all = items.map((_, place) => place).filter(decided);
    const short = all.find((place) => lacking(decided(place)) || pointless(place) || (decided(place).until && day(decided(place).until) < today()));
    if (short !== undefined) {
      show(short, true);
      return warn("这一项的说明、截止日期或分值不完整，或截止日期已过；改好后再保存。");
    }
    if (!all.length) return warn("还没有判定，没有可以保存的内容。");
    // One file a press: a browser asks before it takes two at once.
    const due = forms.map((_, number) => number).filter((number) => all.some((place) => formOf(place) === number));
    if (due.every((number) => saved.has(number))) saved.clear();
    const which = due.find((number) => !saved.has(number));
    const form = forms[which], places = all.filter((place) => formOf(place) === which);
    const rows = places.map((place) => {
      const made = decided(place), cells = JSON.parse(article(place).dataset.cells);
      const made_cells = [made.word, made.remark, day(made.until), made.overrule ? page.dataset.yes : "", kept.by, made.points.trim()];
      return [...cells, ...made_cells].slice(0, form.columns.length);
    });
    const lines = [form.columns, ...rows].map((row) => row.map(cell).join(","));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["\ufeff" + lines.join("\r\n") + "\r\n"], { type: "text/csv" }));
    link.download = page.dataset.assessment + "-" + form.file + ".csv";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    warn("");
    saved.add(which);
    const rest = due.some((number) => !saved.has(number)) ? "。还有一个文件，请再保存一次" : "";
    at("progress").textContent = "已保存" + places.length + "个判定，文件在浏览器的下载文件夹中：" + link.download + rest;
  }

  const commands = {
    KeyJ: () => show(now + 1, true), ArrowRight: () => show(now + 1, true),
    KeyK: () => show(now - 1, true), ArrowLeft: () => show(now - 1, true),
    KeyM: () => show(Math.max(0, items.findIndex((_, place) => formOf(place) === 1)), true),
    KeyN: toOpen, KeyS: save, KeyR: () => at("remark").focus(),
    KeyO: () => { const copy = article(now).querySelector(".copy"); if (copy) copy.click(); },
    Digit0: undo, Numpad0: undo,
  };
  [0, 1, 2].forEach((place) => {
    commands["Digit" + (place + 1)] = commands["Numpad" + (place + 1)] = () => {
      const word = forms[formOf(now)].words[place];
      if (word) decide(word);
    };
  });

  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input:not([type=checkbox]), textarea");
    if (typing && event.code === "Escape") return article(now).focus();
    // Told by the key's place, so that a Chinese input method in between changes nothing.
    if (typing || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || !(event.code in commands)) return;
    event.preventDefault();
    commands[event.code]();
  });
  document.querySelectorAll(".word").forEach((button) => button.addEventListener("click", () => decide(button.dataset.word)));
  const clicks = { back: commands.KeyK, next: commands.KeyJ, open: toOpen, rows: commands.KeyM, save, undo };
  Object.entries(clicks).forEach(([id, act]) => at(id).addEventListener("click", act));
  ["remark", "until", "points", "overrule"].forEach((id) => at(id).addEventListener("input", () => put(written(now).word)));
  at("decide").addEventListener("submit", (event) => { event.preventDefault(); const made = decided(now); if (made && !lacking(made)) toOpen(); });
  at("by").addEventListener("input", () => { kept.by = at("by").value.trim(); keep(); });

  document.querySelector(".unscripted").hidden = true;
  if (!items.length) return;
  try {
    kept = Object.assign(kept, JSON.parse(localStorage.getItem(store) || "{}"));
  } catch {
    warn("上次的进度不能读取，从头开始。");
  }
  at("by").value = kept.by;
  at("bench").hidden = at("decide").hidden = false;
  at("rows").hidden = !items.some((_, place) => formOf(place) === 1);
  const first = items.findIndex((_, place) => !decided(place));
  show(first < 0 ? 0 : first, true);
})();
