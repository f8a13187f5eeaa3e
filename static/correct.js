// On a case: correct a value where it stands, and do the rest of the desk's work without leaving
// the page. Without this script each has a page of its own.
"use strict";

const headers = { "X-Part": "form" };

function closeForms() {
  for (const form of document.querySelectorAll("form.correcting.here")) form.remove();
}

async function openForm(link) {
  closeForms();
  const answer = await fetch(link.href, { headers });
  if (!answer.ok) return location.assign(link.href);
  put(await answer.text(), link);
}

// Where a form fits: inside a list's own parts, else after the line that the value stands on.
function put(html, link) {
  const parsed = new DOMParser().parseFromString(html, "text/html").querySelector("form");
  parsed.classList.add("here");
  parsed.dataset.link = link.id;
  const inside = link.closest("dd, li");
  if (inside) inside.append(parsed);
  else (link.closest("h2, p, ul") || link).after(parsed);
  const first = parsed.querySelector("[aria-invalid], .errorlist, input:not([type=hidden]), select, textarea");
  if (first.matches(".errorlist")) first.tabIndex = -1;
  first.focus();
}

async function send(form, submitter) {
  const data = new FormData(form, submitter);
  const url = submitter?.hasAttribute("formaction") ? submitter.formAction : form.action;
  const link = document.getElementById(form.dataset.link || "");
  form.setAttribute("aria-busy", "true");
  const answer = await fetch(url, { method: "POST", body: data, headers });
  if (answer.status === 204) return location.assign(answer.headers.get("Location")); // it moved
  const html = await answer.text();
  if (answer.redirected && answer.ok) {
    return show(answer.url, html, submitter?.dataset.focus || form.dataset.link || "desk");
  }
  if (answer.ok && link) {
    form.remove();
    return put(html, link);
  }
  form.removeAttribute("aria-busy");
  form.removeAttribute("data-in-place");
  form.requestSubmit(submitter); // the page that the server answers says what is wrong
}

// The facts as they are by now; the letter beside them stays where it was.
function show(url, html, id) {
  if (new URL(url).pathname !== location.pathname) return location.assign(url);
  const page = new DOMParser().parseFromString(html, "text/html");
  document.querySelector(".facts").replaceWith(page.querySelector(".facts"));
  document.dispatchEvent(new Event("factschanged"));
  document.querySelector(".messages")?.remove();
  const told = page.querySelector(".messages");
  if (told) document.getElementById("main").before(told);
  document.getElementById(id)?.focus();
}

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  const link = event.target.closest("a.correct");
  const close = event.target.closest(".here [data-close]");
  if (!link && !close) return;
  event.preventDefault();
  if (link) return openForm(link);
  const id = close.closest("form").dataset.link;
  closeForms();
  document.getElementById(id).focus();
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-in-place]")) return;
  event.preventDefault();
  send(event.target, event.submitter);
});

document.addEventListener("keydown", (event) => {
  const form = event.target.closest?.("form.correcting.here");
  if (event.key !== "Escape" || !form) return;
  event.stopPropagation();
  closeForms();
  document.getElementById(form.dataset.link)?.focus();
});
