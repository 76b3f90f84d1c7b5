// The desk without this file works; with it: focus on the first refusal or fault, names blanked by B, keys in lists.
"use strict";

const typing = (node) => node.closest("input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]");

function focusWhatMatters() {
  const first = document.querySelector("[data-focus]");
  if (first) first.focus();
}

function blankNames(button) {
  const on = document.body.classList.toggle("blank");
  document.querySelectorAll("[data-blank]").forEach((b) => b.setAttribute("aria-pressed", String(on)));
  fetch(button.form.action, { method: "POST", body: new FormData(button.form), headers: { "X-Requested-With": "fetch" } });
}

function copyText(button) {
  const field = document.getElementById(button.dataset.copy);
  field.select();
  if (navigator.clipboard) navigator.clipboard.writeText(field.value);
}

function move(step) {
  const rows = [...document.querySelectorAll("tr[data-row] a.row-link")];
  if (!rows.length) return;
  const at = rows.indexOf(document.activeElement.closest("tr[data-row]")?.querySelector("a.row-link"));
  rows[Math.min(rows.length - 1, Math.max(0, at + step))].focus();
}

function pressInRow(key) {
  const target = document.activeElement.closest("tr[data-row]")?.querySelector(`[data-key="${key}"]`);
  if (target) target.click();
}

const KEYS = { j: () => move(1), k: () => move(-1), a: () => pressInRow("a"), c: () => pressInRow("c") };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const key = event.key.toLowerCase();
  const blank = document.querySelector("[data-blank]");
  if (key === "b" && blank) { event.preventDefault(); blankNames(blank); }
  else if (KEYS[key] && document.querySelector("tr[data-row]")) { event.preventDefault(); KEYS[key](); }
});

document.addEventListener("click", (event) => {
  const blank = event.target.closest("[data-blank]");
  if (blank) { event.preventDefault(); blankNames(blank); }
  const copy = event.target.closest("[data-copy]");
  if (copy) { event.preventDefault(); copyText(copy); }
  if (event.target.closest("[data-print]")) { event.preventDefault(); window.print(); }
});

focusWhatMatters();

// Of what was answered before, only what was answered to the same thing; without this file all of it stands there.
function showTheSame(card) {
  const picked = document.querySelector(`input[name="${card.dataset.same}"]:checked`);
  card.querySelectorAll("[data-about]").forEach((part) => { part.hidden = Boolean(picked) && part.dataset.about !== picked.value; });
}
document.querySelectorAll("[data-same]").forEach((card) => {
  showTheSame(card);
  document.addEventListener("change", (event) => { if (event.target.name === card.dataset.same) showTheSame(card); });
});
