// On a case: a click on a value marks its words in the letter beside it.
"use strict";

const letter = document.getElementById("letter");
const pages = [...letter.querySelectorAll("pre")].map((pre) => ({
  pre,
  // Offsets count characters as the server does, so by code points and not by UTF-16 units.
  characters: [...pre.textContent],
  start: Number(pre.dataset.start),
}));

function unmark() {
  for (const page of pages) {
    if (page.pre.querySelector("mark")) page.pre.textContent = page.characters.join("");
  }
  document.querySelectorAll("[aria-pressed=true]").forEach((each) => each.setAttribute("aria-pressed", "false"));
}

function mark(start, end) {
  let first = null;
  for (const { pre, characters, start: offset } of pages) {
    const from = Math.max(start - offset, 0);
    const to = Math.min(end - offset, characters.length);
    if (from >= to) continue;
    const marked = document.createElement("mark");
    marked.textContent = characters.slice(from, to).join("");
    pre.replaceChildren(characters.slice(0, from).join(""), marked, characters.slice(to).join(""));
    first = first || marked;
  }
  return first;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-start]");
  if (!button) return;
  unmark();
  const words = mark(Number(button.dataset.start), Number(button.dataset.end));
  if (!words) return;
  button.setAttribute("aria-pressed", "true");
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  words.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") unmark();
});
