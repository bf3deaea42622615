// While texts are being brought in, the page looks again every few seconds.
if (document.querySelector("[data-look-again]")) {
  setTimeout(() => location.reload(), 3000);
}
