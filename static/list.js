// The list: empty fields stay out of the address, counts that take longer come after the page.
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
if (window.matchMedia("(max-width: 899px)").matches && !document.querySelector(".results > .problem")) {
  panel.open = false;
}

// Only numbers are put in: what somebody has ticked or typed meanwhile stays.
async function count(note) {
  note.textContent = "Counting …";
  try {
    const answer = await fetch(note.dataset.counts);
    if (!answer.ok || answer.redirected) throw new Error(answer.status);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const each of fresh.querySelectorAll("[id^=n-], [id^=tops-], #tally")) {
      const old = document.getElementById(each.id);
      if (!old) continue;
      old.innerHTML = each.innerHTML;
      old.className = each.className;
    }
    note.remove();
  } catch {
    note.textContent = "The counts could not be loaded. The filters work without them.";
  }
}
const uncounted = document.getElementById("uncounted");
if (uncounted) count(uncounted);
