// Beside the captions of a film: a file from her device, read here and laid into the field. What is wrong in it is said when she saves.
const script = document.querySelector("[data-captions-script]");
const FIELDS = '[data-contentpath="captions"] textarea';

function offer(field) {
  if (field.dataset.fileOffered) return;
  field.dataset.fileOffered = "yes";
  const label = document.createElement("label");
  const input = document.createElement("input");
  const said = document.createElement("span");
  label.textContent = `${script.dataset.choose} `;
  label.className = "w-block w-mt-2";
  input.type = "file";
  input.accept = ".vtt,text/vtt";
  said.setAttribute("role", "alert");
  input.addEventListener("change", () => take(field, input, said));
  label.append(input);
  field.after(label, said);
}

async function take(field, input, said) {
  said.textContent = "";
  const [file] = input.files;
  if (!file) return;
  try {
    const bytes = await file.slice(0, 2_000_000).arrayBuffer();
    field.value = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
  } catch {
    said.textContent = script.dataset.odd;
  }
  input.value = "";
}

const look = () => document.querySelectorAll(FIELDS).forEach(offer);
new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
look();
