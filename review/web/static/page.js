// Keys of every page: go to, find, help. Nothing here is needed to read a page.
"use strict";
(() => {
  const places = { m: "/", q: "/queue", d: "/documents", r: "/double" };
  let waitsForPlace = false;
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, dialog[open]")) return;
    if (waitsForPlace) {
      waitsForPlace = false;
      event.preventDefault(); // the second key is for no other script: it must not decide anything
      if (places[event.key]) location.assign(places[event.key]);
      return;
    }
    if (event.key === "g") {
      waitsForPlace = true;
      event.preventDefault();
    }
    else if (event.key === "?") document.getElementById("keys").showModal();
    else if (event.key === "/") {
      event.preventDefault();
      document.getElementById("find")?.focus();
    } else {
      const step = { "[": "previous", "]": "next", "{": "previous-page", "}": "next-page" }[event.key];
      document.querySelector(`[data-step="${step}"]`)?.click();
    }
  });
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const text = document.getElementById(button.dataset.copy).textContent.trim();
    let done = true;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Without https the clipboard is closed to pages: mark the text, so that one key copies it.
      getSelection().selectAllChildren(document.getElementById(button.dataset.copy));
      done = false;
    }
    button.textContent = done ? "Copied" : "Press Ctrl+C";
  });
})();
