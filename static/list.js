// The list's filters: keep empty fields out of the address, and the panel closed on narrow screens.
"use strict";

const form = document.getElementById("filters");
form.addEventListener("submit", () => {
  for (const field of form.elements) {
    if (field.name && !field.value) field.disabled = true;
  }
});
window.addEventListener("pageshow", () => {
  for (const field of form.elements) field.disabled = false;
});

// Without this script the panel is always open; on a narrow screen the cases come first.
const panel = document.querySelector(".side");
if (window.matchMedia("(max-width: 899px)").matches && !document.querySelector(".problem")) {
  panel.open = false;
}
