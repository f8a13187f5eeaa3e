// "?" leads to the help, but where a page answers to it itself, or keys are switched off.
"use strict";

document.addEventListener("keydown", (event) => {
  if (event.key !== "?" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.defaultPrevented || document.getElementById("keys")) return;
  if (event.target.closest("input, select, textarea, [contenteditable]")) return;
  if (localStorage.getItem("keys") === "off") return;
  document.getElementById("help").click();
});
