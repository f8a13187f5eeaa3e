// Moves a column up or down where it stands; without scripts the server does it.
"use strict";

document.getElementById("export").addEventListener("click", (event) => {
  const button = event.target.closest(".moves button");
  if (!button) return;
  event.preventDefault();
  const line = button.closest("li");
  const up = button.value.startsWith("up:");
  const beside = up ? line.previousElementSibling : line.nextElementSibling;
  if (beside) up ? beside.before(line) : beside.after(line);
  button.focus();
});
