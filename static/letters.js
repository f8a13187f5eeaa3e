// The page of letters keeps up with the table: it asks how many letters stand how, and fetches
// itself anew when that changed. A reload, a second tab and a colleague see the same.
"use strict";

const address = document.currentScript.dataset.status;
const told = document.getElementById("told");
const BUSY = 2000; // milliseconds between two looks while letters are under way
const IDLE = 15000;
let next; // the look that is to come

function underWay(counts) {
  return counts.received + counts.reading;
}

async function refresh() {
  const answer = await fetch(location.href, { headers: { "X-Part": "sections" } });
  if (!answer.ok || answer.redirected) return;
  const old = document.getElementById("letters");
  const ticked = [...old.querySelectorAll("input:checked")].map((box) => box.value);
  const focused = document.activeElement?.closest("#letters input, #letters a, #letters button");
  const place = focused && [...old.querySelectorAll("input, a, button")].indexOf(focused);
  old.outerHTML = await answer.text();
  const fresh = document.getElementById("letters");
  for (const box of fresh.querySelectorAll("input[type=checkbox]")) {
    box.checked = ticked.includes(box.value);
  }
  if (focused) fresh.querySelectorAll("input, a, button")[place]?.focus();
}

async function look() {
  clearTimeout(next);
  let pause = IDLE;
  try {
    const answer = await fetch(address, { cache: "no-cache" });
    if (answer.ok && !answer.redirected) {
      const text = await answer.text();
      const counts = JSON.parse(text);
      if (underWay(counts)) pause = BUSY;
      if (text !== document.getElementById("letters").dataset.status) {
        await refresh();
        told.textContent = underWay(counts)
          ? `${underWay(counts)} letters wait or are being read`
          : "All letters have been gone through";
      }
    }
  } catch {
    // The network is gone for a moment; the next look tells.
  }
  clearTimeout(next);
  next = setTimeout(look, document.hidden ? IDLE : pause);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-asks]");
  if (button && !window.confirm(button.dataset.asks)) event.preventDefault();
});

document.addEventListener("letters-arrived", look); // through the drop zone, on this page
next = setTimeout(look, 1000);
