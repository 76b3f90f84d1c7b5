// Keeps a form's typing on the server while it is typed. Nothing lies in the browser; without this file, "Keep as draft" does it.
"use strict";

const form = document.querySelector("form[data-draft-url]");
const words = document.querySelector("[data-draft-words]");
const PAUSE = 1500;
let timer = null;
let sent = "";

function body() {
  const data = new FormData(form);
  return new URLSearchParams([...data].filter(([name, value]) => typeof value === "string" && name !== "then"));
}

async function keep() {
  const now = body();
  if (String(now) === sent) return;
  const reply = await fetch(form.dataset.draftUrl, { method: "POST", body: now, headers: { "X-Requested-With": "fetch" }, keepalive: true });
  if (!reply.ok) { say(form.dataset.draftLost); return; }
  sent = String(now);
  const told = await reply.json();
  say(told.words);
  for (const [kind, load] of Object.entries(told.load || {})) document.querySelectorAll(`[data-load="${kind}"]`).forEach((at) => { at.textContent = load; });
}

function say(text) {
  if (!words) return;
  words.textContent = text;
  words.closest("[hidden]")?.removeAttribute("hidden");
}

function soon() {
  clearTimeout(timer);
  timer = setTimeout(() => keep().catch(() => say(form.dataset.draftLost)), PAUSE);
}

if (form) {
  sent = String(body());
  form.addEventListener("input", soon);
  form.addEventListener("submit", () => clearTimeout(timer));
  document.addEventListener("visibilitychange", () => { if (document.hidden) keep().catch(() => {}); });
}
