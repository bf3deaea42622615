// The editor's guide: words typed into the field leave the parts, and their lines of the contents, that hold all of them.

const fold = text => text.normalize("NFD").replace(/\p{Mn}/gu, "").toLowerCase();

const guide = document.querySelector("[data-guide]");
const form = guide.querySelector("[data-guide-search]");
const field = form.querySelector("input");
const status = form.querySelector("[role=status]");
const parts = [...guide.querySelectorAll(".guide-part")].map(part => ({
  part,
  line: guide.querySelector(`[data-part="${part.querySelector("h2").id}"]`),
  text: fold(part.textContent),
}));

function look() {
  const words = fold(field.value).split(/\s+/).filter(Boolean);
  let found = 0;
  for (const {part, line, text} of parts) {
    const holds = words.every(word => text.includes(word));
    part.hidden = line.hidden = !holds;
    found += holds;
  }
  status.textContent = words.length ? (found ? `${status.dataset.found} ${found}` : status.dataset.none) : "";
}

form.hidden = false;
form.addEventListener("submit", event => event.preventDefault());
field.addEventListener("input", look);
look();
