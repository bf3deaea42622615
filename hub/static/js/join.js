// A link on an invitation may end in #code: what follows # never reaches a server. It is put into the field and taken out of the address.

const field = document.querySelector("[name='kit_code']");
const code = location.hash.slice(1, 61);
if (field && code && !field.value) {
  try {
    field.value = decodeURIComponent(code);
  } catch {
    field.value = code;
  }
  history.replaceState(null, "", location.pathname + location.search);
}
