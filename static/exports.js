// The bar of an export that is being written: asks how far it is, and shows the page anew when it
// is over.
"use strict";

const writing = document.getElementById("writing");
const told = document.getElementById("told");
const bar = writing.querySelector("progress");
const PAUSE = 1000; // milliseconds
const HIDDEN = 10000;

function show(stands) {
  if (stands.state !== "writing" || stands.total === null) return;
  bar.max = Math.max(stands.total, 1);
  bar.value = stands.done;
  told.textContent = `${stands.done.toLocaleString("en")} of ${stands.total.toLocaleString("en")} rows`;
}

async function look() {
  try {
    const answer = await fetch(writing.dataset.status, { cache: "no-store" });
    if (answer.ok && !answer.redirected) {
      const stands = await answer.json();
      if (!["waiting", "writing"].includes(stands.state)) return location.reload();
      show(stands);
    }
  } catch {
    // The network is gone for a moment; the next look tells.
  }
  setTimeout(look, document.hidden ? HIDDEN : PAUSE);
}

setTimeout(look, PAUSE);
