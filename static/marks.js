// On a case: a click on a value marks its words in the letter beside it, on the drawn pages or in
// the text, whichever is shown.
"use strict";

const letter = document.getElementById("letter");
const unmarked = document.getElementById("unmarked");
const texts = [...letter.querySelectorAll("pre")].map((pre) => ({
  pre,
  // Offsets count characters as the server does: by code points, not by UTF-16 units.
  characters: [...pre.textContent],
  start: Number(pre.dataset.start),
}));
let asked = 0; // a slow answer to an earlier click must not undo a later one

function unmark() {
  unmarked.textContent = "";
  letter.querySelectorAll(".sheet mark").forEach((mark) => mark.remove());
  for (const text of texts) {
    if (text.pre.querySelector("mark")) text.pre.textContent = text.characters.join("");
  }
  for (const pressed of document.querySelectorAll("[aria-pressed=true]")) {
    pressed.setAttribute("aria-pressed", "false");
  }
}

function markText(start, end) {
  const marks = [];
  for (const { pre, characters, start: offset } of texts) {
    const from = Math.max(start - offset, 0);
    const to = Math.min(end - offset, characters.length);
    if (from >= to) continue;
    const mark = document.createElement("mark");
    mark.textContent = characters.slice(from, to).join("");
    pre.replaceChildren(characters.slice(0, from).join(""), mark, characters.slice(to).join(""));
    marks.push(mark);
  }
  return marks;
}

async function markPages(start, end) {
  const answer = await fetch(`${letter.dataset.boxes}?start=${start}&end=${end}`);
  if (!answer.ok) return [];
  return (await answer.json()).boxes.map((box) => {
    const mark = document.createElement("mark");
    for (const side of ["left", "top", "width", "height"]) mark.style[side] = `${100 * box[side]}%`;
    mark.dataset.page = box.page;
    return mark;
  });
}

function placeOnPages(marks) {
  for (const mark of marks) {
    letter.querySelector(`.sheet[data-page="${mark.dataset.page}"]`).append(mark);
  }
}

function show(button, marks) {
  button.setAttribute("aria-pressed", "true");
  if (!marks.length) {
    unmarked.textContent = "These words cannot be marked on the drawn page. Look under Text.";
    return;
  }
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const top = marks[0].getBoundingClientRect().top - letter.getBoundingClientRect().top;
  const middle = letter.scrollTop + top - letter.clientHeight / 3;
  letter.scrollTo({ top: middle, behavior: calm ? "auto" : "smooth" });
  // On a narrow screen the letter stands below the facts.
  if (letter.getBoundingClientRect().top > window.innerHeight - 80) letter.scrollIntoView();
}

async function mark(button) {
  const number = ++asked;
  const { start, end } = button.dataset;
  const marks = letter.dataset.boxes ? await markPages(start, end) : null;
  if (number !== asked) return;
  unmark();
  if (marks) placeOnPages(marks);
  show(button, marks || markText(Number(start), Number(end)));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-start]");
  if (button) mark(button);
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") unmark();
});

// A page that has come keeps its own shape.
for (const image of letter.querySelectorAll(".sheet img")) {
  if (image.complete) image.classList.add("here");
  image.addEventListener("load", () => image.classList.add("here"));
}
