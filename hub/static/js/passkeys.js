// Passkeys: shows what needs them where the browser has them, and carries its answer into a form.
// <form data-passkey="add|use"> holds a hidden [name=credential]; the server's question is in the page (#js_data) or at data-question.

const can = Boolean(window.PublicKeyCredential && navigator.credentials);

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.hidden = !can;
  if (can) form.addEventListener("submit", (event) => ask(event, form));
}
for (const note of document.querySelectorAll("[data-no-passkeys]")) note.hidden = can;

async function ask(event, form) {
  const field = form.elements.credential;
  if (field.value) return;
  event.preventDefault();
  say(form, false);
  try {
    const question = await read(form);
    const answer =
      form.dataset.passkey === "add"
        ? await navigator.credentials.create({ publicKey: forBrowser(question.publicKey) })
        : await navigator.credentials.get({ publicKey: forBrowser(question.publicKey) });
    field.value = JSON.stringify(forServer(answer));
    copyDevice(form);
    form.submit();
  } catch {
    say(form, true); // she closed the dialogue, or has no passkey here
  }
}

async function read(form) {
  if (!form.dataset.question) {
    const data = JSON.parse(document.getElementById("js_data").textContent);
    return data.creation_options ?? data.request_options;
  }
  const response = await fetch(form.dataset.question, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(response.status);
  return (await response.json()).request_options;
}

function say(form, wrong) {
  const words = form.querySelector("[data-passkey-wrong]");
  if (words) words.hidden = !wrong;
}

// On the sign-in page "Is this phone only yours?" stands in the other form.
function copyDevice(form) {
  const chosen = document.querySelector("[name=own_device]:checked");
  if (chosen && form.elements.own_device) form.elements.own_device.value = chosen.value;
}

function forBrowser(options) {
  const bytes = (credential) => ({ ...credential, id: decode(credential.id) });
  const made = { ...options, challenge: decode(options.challenge) };
  if (options.user) made.user = { ...options.user, id: decode(options.user.id) };
  if (options.excludeCredentials) made.excludeCredentials = options.excludeCredentials.map(bytes);
  if (options.allowCredentials) made.allowCredentials = options.allowCredentials.map(bytes);
  return made;
}

function forServer(credential) {
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const found = parts.filter((part) => credential.response[part]);
  return {
    id: credential.id,
    rawId: encode(credential.rawId),
    type: credential.type,
    response: Object.fromEntries(found.map((part) => [part, encode(credential.response[part])])),
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

function decode(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function encode(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
