// On a case: a value and its words in the letter beside it, on the drawn pages or in the text,
// whichever is shown. A click on the one shows the other; #at-START-END marks that place.
"use strict";

const letter = document.getElementById("letter");
const unmarked = document.getElementById("unmarked");
let asked = 0; // a slow answer to an earlier click must not undo a later one

function unmark() {
  unmarked.textContent = "";
  letter.querySelectorAll(".sheet mark").forEach((mark) => mark.remove());
  for (const mark of letter.querySelectorAll("pre mark")) {
    const parent = mark.parentNode;
    mark.replaceWith(...mark.childNodes);
    parent.normalize();
  }
  for (const shown of document.querySelectorAll("[data-start][aria-current]")) {
    shown.removeAttribute("aria-current");
  }
}

function textNodes(pre) {
  const walker = document.createTreeWalker(pre, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  return nodes;
}

// Offsets count characters as the server does: by code points, not by UTF-16 units.
function markText(start, end) {
  const marks = [];
  for (const pre of letter.querySelectorAll("pre")) {
    let at = Number(pre.dataset.start);
    for (const node of textNodes(pre)) {
      const characters = [...node.data];
      const from = Math.max(start - at, 0);
      const to = Math.min(end - at, characters.length);
      at += characters.length;
      if (from < to) marks.push(wrapped(node, characters, from, to));
    }
  }
  return marks;
}

function wrapped(node, characters, from, to) {
  const units = (count) => characters.slice(0, count).join("").length;
  const range = document.createRange();
  range.setStart(node, units(from));
  range.setEnd(node, units(to));
  const mark = document.createElement("mark");
  range.surroundContents(mark);
  return mark;
}

async function boxesAt(address) {
  const answer = await fetch(address);
  return answer.ok ? (await answer.json()).boxes : [];
}

function laid(element, box) {
  for (const side of ["left", "top", "width", "height"]) {
    element.style[side] = `${100 * box[side]}%`;
  }
  element.dataset.page = box.page;
  letter.querySelector(`.sheet[data-page="${box.page}"]`).append(element);
  return element;
}

function bringIntoView(mark) {
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const top = mark.getBoundingClientRect().top - letter.getBoundingClientRect().top;
  const middle = letter.scrollTop + top - letter.clientHeight / 3;
  letter.scrollTo({ top: middle, behavior: calm ? "auto" : "smooth" });
  // On a narrow screen the letter stands below the facts.
  if (letter.getBoundingClientRect().top > window.innerHeight - 80) letter.scrollIntoView();
}

function sayWhere(start, end) {
  const link = document.createElement("a");
  const query = new URLSearchParams(location.search);
  query.set("as", "text");
  query.set("at", `${start}-${end}`);
  link.href = `?${query}#at-${start}-${end}`;
  link.textContent = "Show them in the text.";
  unmarked.append("These words cannot be marked on the drawn page. ", link);
}

// Mark the characters `start` up to `end`, and whatever value stands for them.
async function markPlace(start, end) {
  const number = ++asked;
  const drawn = letter.dataset.boxes;
  const boxes = drawn ? await boxesAt(`${drawn}?start=${start}&end=${end}`) : null;
  if (number !== asked) return;
  unmark();
  const marks = boxes
    ? boxes.map((box) => laid(document.createElement("mark"), box))
    : markText(start, end);
  for (const value of document.querySelectorAll(`[data-start="${start}"][data-end="${end}"]`)) {
    value.setAttribute("aria-current", "true");
  }
  if (marks.length) bringIntoView(marks[0]);
  else sayWhere(start, end);
}

// The address keeps what is marked, so that it can be handed on; Back still leads to the list.
function markValue(value) {
  const { start, end } = value.dataset;
  history.replaceState(null, "", `#at-${start}-${end}`);
  markPlace(Number(start), Number(end));
}

function markHash() {
  const found = /^#at-(\d+)-(\d+)$/.exec(location.hash);
  if (found) markPlace(Number(found[1]), Number(found[2]));
}

// From words in the letter to their value.
function showValue(id) {
  const value = document.getElementById(id);
  if (!value) return;
  for (let folded = value.closest("details"); folded; folded = folded.parentElement.closest("details")) {
    folded.open = true;
  }
  value.focus({ preventScroll: true });
  value.scrollIntoView({ block: "center" });
  markValue(value);
}

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  const value = event.target.closest("[data-start][href]");
  const told = event.target.closest(".told, .spot");
  if (!value && (!told || !window.getSelection().isCollapsed)) return;
  event.preventDefault();
  if (value) markValue(value);
  else showValue(told.dataset.value || told.hash.slice(1));
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") unmark();
});

window.addEventListener("hashchange", markHash);
markHash();

// A drawn page that comes in sight gets a spot over the words of each value.
async function layOut(sheet) {
  const seen = new Set();
  for (const box of await boxesAt(sheet.dataset.values)) {
    const value = document.getElementById(`v-${box.value}`);
    if (!value) continue;
    const spot = laid(document.createElement("a"), box);
    spot.className = box.long ? "spot long" : "spot";
    spot.href = `#${value.id}`;
    // A value is one stop for the keyboard, however many lines its words take.
    if (seen.has(box.value) || box.long) {
      spot.tabIndex = -1;
      spot.setAttribute("aria-hidden", "true");
    } else {
      spot.setAttribute("aria-label", `To the value ${value.textContent.trim()}`);
    }
    seen.add(box.value);
  }
}

const sight = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      sight.unobserve(target);
      layOut(target);
    }
  },
  { rootMargin: "200px" },
);
letter.querySelectorAll(".sheet").forEach((sheet) => sight.observe(sheet));

// A page that has come keeps its own shape.
for (const image of letter.querySelectorAll(".sheet img")) {
  if (image.complete) image.classList.add("here");
  image.addEventListener("load", () => image.classList.add("here"));
}
