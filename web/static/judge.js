// Keys of the page that pools are judged on: 0 1 2 grade, K goes back, J skips.
// Everything works without this file.
"use strict";

// The key's place, not its letter: on an Arabic keyboard J writes ت and 1 may write ١.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  const key = event.code.replace(/^(Digit|Numpad|Key)/, "").toLowerCase();
  if (/^[012jk]$/.test(key)) document.querySelector(`[aria-keyshortcuts="${key}"]`)?.click();
});
