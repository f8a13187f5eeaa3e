// On a case: the keys that lead through the list, and the buttons that copy and print.
"use strict";

// Without this script these buttons would do nothing, so they only show with it.
function reveal() {
  const works = navigator.clipboard ? "[data-copy], [data-print]" : "[data-print]";
  for (const button of document.querySelectorAll(works)) button.hidden = false;
}

reveal();
document.addEventListener("factschanged", reveal); // correct.js put new ones in their place

// Said for screen readers, and shown on the button for a moment.
function tell(button, words) {
  const said = document.getElementById("said");
  button.dataset.before ??= button.textContent;
  said.textContent = words;
  button.textContent = words;
  setTimeout(() => {
    said.textContent = "";
    button.textContent = button.dataset.before;
  }, 1600);
}

document.addEventListener("click", async (event) => {
  if (event.target.closest("[data-print]")) return window.print();
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    tell(button, "Copied");
  } catch {
    tell(button, "Not allowed to copy");
  }
});

const KEYS = { k: "prev", "[": "prev", j: "next", "]": "next" };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (localStorage.getItem("keys") === "off") return; // as chosen on the list
  if (event.target.closest("input, select, textarea, [contenteditable]")) return;
  const link = document.querySelector(`.trail a[rel=${KEYS[event.key] || "none"}]`);
  if (link) link.click();
});
