// Letters by drop or by choice, files or whole folders: sent in small requests that go into one
// batch, with an answer for each file. The page stays; what fails to go through is sent again.
"use strict";

{
  const zone = document.getElementById("drop");
  const form = zone.querySelector("form");
  const input = form.querySelector("input[type=file]");
  const part = (name) => zone.querySelector(`.${name}`);
  const [told, bar, problem, again, follow, list] = [
    part("told"),
    zone.querySelector("progress"),
    part("under-way").querySelector(".problem"),
    part("again"),
    part("follow"),
    part("files"),
  ];
  const MOST_FILES = 20; // of one request
  const MOST_BYTES = 20 * 1024 * 1024;
  const PAUSES = [1000, 3000, 9000]; // milliseconds before each new try
  const CLUTTER = ["Thumbs.db", "desktop.ini"]; // and hidden files: never meant to be sent
  const WORDS = { received: "received", here: "already here", refused: "refused" };

  let queue = []; // files that wait to be sent
  let total = 0;
  let batch = null;
  let running = false;
  let counts = { received: 0, here: 0, refused: 0 };

  zone.classList.add("live");
  form.querySelector(".plain").hidden = true;

  function add(files) {
    const wanted = files.filter((f) => !f.name.startsWith(".") && !CLUTTER.includes(f.name));
    part("under-way").hidden = false;
    if (!wanted.length) {
      if (!running) told.textContent = "There was no file in it.";
      return;
    }
    if (!running && !queue.length) begin();
    queue.push(...wanted);
    total += wanted.length;
    run();
  }

  function begin() {
    total = 0;
    batch = null;
    counts = { received: 0, here: 0, refused: 0 };
    list.replaceChildren();
    follow.hidden = true;
  }

  async function run() {
    if (running) return;
    running = true;
    problem.hidden = again.hidden = true;
    tell();
    let trouble = "";
    while (queue.length && !trouble) {
      const chunk = await readable(nextChunk());
      trouble = chunk.length ? await send(chunk) : "";
      tell();
    }
    running = false;
    problem.textContent = trouble;
    problem.hidden = again.hidden = !trouble;
    tell();
  }

  function nextChunk() {
    const chunk = [];
    let bytes = 0;
    for (const file of queue) {
      bytes += file.size;
      if (chunk.length && (chunk.length === MOST_FILES || bytes > MOST_BYTES)) break;
      chunk.push(file);
    }
    return chunk;
  }

  // A file that was moved or deleted since it was chosen would break its whole request.
  async function readable(chunk) {
    const found = [];
    for (const file of chunk) {
      try {
        await file.slice(0, 1).arrayBuffer();
        found.push(file);
      } catch {
        leave([file]);
        answer({ name: file.name, verdict: "refused", sentence: "It cannot be opened any more." });
      }
    }
    return found;
  }

  // "" when these files were answered for, or a sentence that says why sending stopped.
  async function send(chunk) {
    for (const pause of [...PAUSES, null]) {
      const reply = await post(chunk).catch(() => null);
      if (reply?.redirected || reply?.status === 403) {
        return "You are logged out, or may not add letters any more. Log in in another tab, then go on here.";
      }
      if (reply?.status === 413) return halve(chunk);
      const said = reply && (await reply.json().catch(() => null));
      if (reply?.ok && said) return accept(chunk, said);
      if (reply?.status === 400 && said) return said.error;
      if (pause === null) break;
      told.textContent = `The site did not answer. Trying again with ${chunk.length} of ${queue.length} files…`;
      await new Promise((done) => setTimeout(done, pause));
    }
    return "The site cannot be reached. What was sent is kept; go on when the connection is back.";
  }

  function post(chunk) {
    const body = new FormData();
    for (const file of chunk) body.append("files", file, file.name);
    body.append("of", total);
    if (batch) body.append("batch", batch);
    // The cookie's token is newer than the page's after a login in another tab.
    const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    const token = cookie ? cookie[1] : form.elements.csrfmiddlewaretoken.value;
    const headers = { Accept: "application/json", "X-CSRFToken": token };
    return fetch(form.action, { method: "POST", body, headers });
  }

  // Something in front of the site takes less at once.
  async function halve(chunk) {
    if (chunk.length > 1) {
      const middle = Math.ceil(chunk.length / 2);
      return (await send(chunk.slice(0, middle))) || send(chunk.slice(middle));
    }
    leave(chunk);
    answer({ name: chunk[0].name, verdict: "refused", sentence: "It is too large to be sent." });
    return "";
  }

  function accept(chunk, said) {
    leave(chunk);
    batch = said.batch || batch;
    said.answers.forEach(answer);
    document.dispatchEvent(new CustomEvent("letters-arrived"));
    return "";
  }

  function leave(chunk) {
    queue = queue.filter((file) => !chunk.includes(file));
  }

  function answer({ name, verdict, sentence, letter }) {
    counts[verdict] += 1;
    const line = document.createElement("li");
    line.className = verdict;
    const who = document.createElement(letter ? "a" : "b");
    who.textContent = name;
    if (letter) who.href = letter.url;
    line.append(who, verdict === "refused" ? ` Refused. ${sentence}` : ` ${sentence}`);
    // What was refused stands first: it asks for something.
    const first = verdict === "refused" ? list.querySelector("li:not(.refused)") : null;
    list.insertBefore(line, first);
  }

  function tell() {
    const sent = total - queue.length;
    const each = Object.entries(counts).filter(([, count]) => count);
    const words = each.map(([verdict, count]) => `${count} ${WORDS[verdict]}`).join(", ");
    told.textContent = `${sent} of ${total} files sent${words ? `: ${words}` : ""}${running ? "…" : "."}`;
    bar.max = total || 1;
    bar.value = sent;
    if (batch) follow.href = `${zone.dataset.letters}?batch=${batch}`;
    follow.hidden = running || !batch;
  }

  // Files of a drop, folders gone through. Must be asked for before the event is over.
  function dropped(transfer) {
    const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    const plain = [...transfer.files];
    return entries.length
      ? Promise.all(entries.map(filesOf)).then((found) => found.flat())
      : Promise.resolve(plain);
  }

  async function filesOf(entry) {
    if (entry.name.startsWith(".")) return [];
    if (entry.isFile) {
      return new Promise((done) => entry.file((file) => done([file]), () => done([])));
    }
    const reader = entry.createReader();
    const found = [];
    for (;;) {
      // A folder is told a hundred entries at a time.
      const some = await new Promise((done) => reader.readEntries(done, () => done([])));
      if (!some.length) return found;
      for (const each of some) found.push(...(await filesOf(each)));
    }
  }

  const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
  const over = (yes) => document.documentElement.classList.toggle("dropping", yes);

  window.addEventListener("dragover", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    over(true);
  });
  window.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) over(false);
  });
  window.addEventListener("drop", async (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    over(false);
    zone.classList.remove("tucked");
    add(await dropped(event.dataTransfer));
    zone.scrollIntoView({ block: "nearest" });
  });

  input.addEventListener("change", () => {
    add([...input.files]);
    input.value = "";
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    input.click();
  });
  for (const button of form.querySelectorAll("[data-pick]")) {
    button.addEventListener("click", () => {
      input.webkitdirectory = button.dataset.pick === "folder";
      input.click();
    });
  }
  again.addEventListener("click", run);

  window.addEventListener("beforeunload", (event) => {
    if (running || queue.length) event.preventDefault();
  });
}
