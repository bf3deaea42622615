// Signing in on another page changes the form's token. Before sending again, take the one this browser holds now.

const form = document.querySelector("form[data-kept]");
form?.addEventListener("submit", () => {
  const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];
  if (token && form.elements.csrfmiddlewaretoken) form.elements.csrfmiddlewaretoken.value = token;
});
