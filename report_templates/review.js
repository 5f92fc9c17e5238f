// The review page: shows one fault after the other, keeps what is decided in the browser, saves it as a file. Sends nothing.
"use strict";
(function () {
  const at = (id) => document.getElementById(id);
  const page = at("review");
  const items = Array.from(document.querySelectorAll("#items > li"));
  const words = page.dataset.words.split(","); // 确认 误报 说明免计
  const EXCUSED = words[2];
  const store = "govcrawl-review-" + page.dataset.assessment;
  let kept = { by: "", decisions: {} };
  let now = 0;

  const article = (place) => items[place].firstElementChild;
  const key = (place) => article(place).id;
  const written = (place) => kept.decisions[key(place)] || { word: "", remark: "", until: "", overrule: false };
  const decided = (place) => (written(place).word ? written(place) : undefined);
  const lacking = (made) => (made.word === EXCUSED && (!made.remark.trim() || !made.until)) || (made.until && !day(made.until));
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
    kept.decisions[key(now)] = { word, remark: at("remark").value, until: at("until").value, overrule: at("overrule").checked };
    warn("");
    keep();
  }

  function decide(word) {
    put(word);
    if (!lacking(decided(now))) return toOpen();
    warn("说明免计须写明说明和截止日期。");
    (at("remark").value.trim() ? at("until") : at("remark")).focus();
  }

  function undo() {
    delete kept.decisions[key(now)];
    warn("");
    keep();
    show(now, true);
  }

  const cell = (text) => '"' + text.replace(/"/g, '""') + '"';

  function save() {
    const places = items.map((_, place) => place).filter(decided);
    const short = places.find((place) => lacking(decided(place)) || (decided(place).until && day(decided(place).until) < today()));
    if (short !== undefined) {
      show(short, true);
      return warn("这一项的说明或截止日期不完整，或截止日期已过；改好后再保存。");
    }
    if (!places.length) return warn("还没有判定，没有可以保存的内容。");
    const rows = places.map((place) => {
      const made = decided(place), about = article(place).dataset;
      return [key(place), about.name, about.check, made.word, made.remark, day(made.until), made.overrule ? page.dataset.yes : "", kept.by];
    });
    const lines = [page.dataset.columns.split(","), ...rows].map((row) => row.map(cell).join(","));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["\ufeff" + lines.join("\r\n") + "\r\n"], { type: "text/csv" }));
    link.download = page.dataset.assessment + "-判定.csv";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    warn("");
    at("progress").textContent = "已保存" + places.length + "个判定，文件在浏览器的下载文件夹中：" + link.download;
  }

  const commands = {
    KeyJ: () => show(now + 1, true), ArrowRight: () => show(now + 1, true),
    KeyK: () => show(now - 1, true), ArrowLeft: () => show(now - 1, true),
    KeyN: toOpen, KeyS: save, KeyR: () => at("remark").focus(),
    KeyO: () => { const copy = article(now).querySelector(".copy"); if (copy) copy.click(); },
    Digit0: undo, Numpad0: undo,
  };
  words.forEach((word, place) => {
    commands["Digit" + (place + 1)] = commands["Numpad" + (place + 1)] = () => decide(word);
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
  const clicks = { back: commands.KeyK, next: commands.KeyJ, open: toOpen, save, undo };
  Object.entries(clicks).forEach(([id, act]) => at(id).addEventListener("click", act));
  ["remark", "until", "overrule"].forEach((id) => at(id).addEventListener("input", () => put(written(now).word)));
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
  const first = items.findIndex((_, place) => !decided(place));
  show(first < 0 ? 0 : first, true);
})();
