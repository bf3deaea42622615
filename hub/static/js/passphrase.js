// A button to show a passphrase while it is typed, the browser's time zone for the sign-up form, and a print button.
// Words arrive in data-show and data-hide of the form.

for (const input of document.querySelectorAll("input[data-passphrase]")) addToggle(input);
for (const input of document.querySelectorAll("input[data-time-zone]")) {
  input.value ||= Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
}
for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

function addToggle(input) {
  const words = input.form?.dataset;
  if (!words?.show) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--small button--quiet";
  button.textContent = words.show;
  button.setAttribute("aria-controls", input.id);
  button.addEventListener("click", () => {
    const shown = input.type === "password";
    input.type = shown ? "text" : "password";
    button.textContent = shown ? words.hide : words.show;
  });
  // Browsers offer to keep a passphrase only when the field is one again.
  input.form.addEventListener("submit", () => (input.type = "password"));
  input.after(button);
}
