// The list's filters: keep empty fields out of the address, and the panel open on wide screens.
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

const panel = document.querySelector("[data-wide-open]");
const wide = window.matchMedia("(min-width: 900px)");
const fit = () => { if (wide.matches) panel.open = true; };
wide.addEventListener("change", fit);
fit();
