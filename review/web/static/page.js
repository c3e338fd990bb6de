// Keys of every page: go to, find, help. Nothing here is needed to read a page.
"use strict";
(() => {
  const places = { m: "/", q: "/queue", d: "/documents", l: "/decisions", r: "/double" };
  const root = document.documentElement;
  // Keys without Ctrl or Alt can be switched off: who speaks to the machine, or types by accident, would decide things.
  const stored = () => {
    try {
      return localStorage.getItem("recordtrail-keys");
    } catch {
      return null;
    }
  };
  root.dataset.keys = stored() === "off" ? "off" : "on";
  const box = document.getElementById("single-keys");
  box.checked = root.dataset.keys === "on";
  box.addEventListener("change", () => {
    root.dataset.keys = box.checked ? "on" : "off";
    try {
      localStorage.setItem("recordtrail-keys", root.dataset.keys);
    } catch {
      // Then it holds for this page only.
    }
  });
  const keys = document.getElementById("keys");
  document.getElementById("show-keys").addEventListener("click", () => keys.showModal());
  let waitsForPlace = false;
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || root.dataset.keys === "off") return;
    if (event.target.closest("input, textarea, select, dialog[open]") || root.dataset.sent) return;
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
    else if (event.key === "?") keys.showModal();
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
  // A thumbnail that cannot be drawn says so: an empty frame would look like an empty page.
  const tell = (image) => {
    const told = document.createElement("span");
    told.className = "thumb-fault";
    told.textContent = "Cannot be drawn";
    image.replaceWith(told);
  };
  for (const image of document.querySelectorAll(".thumb-sheet img")) {
    if (image.complete && image.naturalWidth === 0 && image.currentSrc) tell(image);
    else image.addEventListener("error", () => tell(image));
  }
})();
