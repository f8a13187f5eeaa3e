// Keys of the list. Rows are walked by focus, so that Enter and a screen reader need nothing more.
"use strict";

const dialog = document.getElementById("keys");
const on = document.getElementById("keys-on");
const opener = document.getElementById("keys-open");
const rows = [...document.querySelectorAll(".cases tbody tr:not(.passages)")];
const links = rows.map((row) => row.querySelector("th a"));
let at = -1; // the row that was last walked to or touched

on.checked = localStorage.getItem("keys") !== "off";
on.addEventListener("change", () => localStorage.setItem("keys", on.checked ? "on" : "off"));
opener.hidden = false;
opener.addEventListener("click", () => dialog.showModal());

function walk(step) {
  if (!links.length) return;
  at = Math.min(Math.max(at + step, 0), links.length - 1);
  links[at].focus();
}

function tick() {
  rows[at]?.querySelector(".tick input")?.click();
}

const KEYS = {
  j: () => walk(1),
  k: () => walk(-1),
  x: tick,
  "/": () => {
    const panel = document.querySelector(".side");
    panel.open = true;
    panel.querySelector("[type=search]").select();
  },
  "?": () => dialog.showModal(),
};

function typing(element) {
  return element.matches("input:not([type=checkbox]), select, textarea, [contenteditable]");
}

document.addEventListener("focusin", (event) => {
  const touched = rows.indexOf(event.target.closest("tr"));
  if (touched >= 0) at = touched;
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeMenus();
  if (event.ctrlKey || event.metaKey || event.altKey || dialog.open) return;
  if (!on.checked || typing(event.target) || !Object.hasOwn(KEYS, event.key)) return;
  event.preventDefault();
  KEYS[event.key]();
});

// Menus close as those of the system do: by Escape, and by a click elsewhere.
function closeMenus(but) {
  for (const menu of document.querySelectorAll(".menu[open]")) {
    if (menu === but) continue;
    const inside = menu.contains(document.activeElement);
    menu.open = false;
    if (inside) menu.querySelector("summary").focus();
  }
}
document.addEventListener("click", (event) => closeMenus(event.target.closest(".menu")));

// Ticked rows.
const bar = document.getElementById("ticked");
if (bar) {
  const boxes = [...document.querySelectorAll(".cases tbody .tick input")];
  const whole = document.getElementById("tick-page");
  const told = document.getElementById("ticked-count");
  const all = document.getElementById("tick-all");
  const tell = () => {
    const count = boxes.filter((box) => box.checked).length;
    told.textContent = `${count} ${count === 1 ? "case" : "cases"} ticked`;
    whole.checked = count === boxes.length;
    whole.indeterminate = count > 0 && count < boxes.length;
    bar.classList.toggle("some", count > 0);
  };
  const set = (checked) => {
    for (const box of boxes) box.checked = checked;
    tell();
  };
  whole.hidden = all.hidden = false;
  whole.addEventListener("change", () => set(whole.checked));
  all.addEventListener("click", () => set(true));
  bar.addEventListener("reset", () => setTimeout(tell));
  for (const box of boxes) box.addEventListener("change", tell);
  window.addEventListener("pageshow", tell);
}
