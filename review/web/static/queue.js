// One key for each decision. Without this script the same buttons are there to be clicked.
"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("scripted");
  const correct = document.getElementById("correct");
  const value = document.getElementById("value");
  const open = (isOpen) => {
    correct.classList.toggle("open", isOpen);
    document.getElementById("open-correct").setAttribute("aria-expanded", String(isOpen));
    const along = correct.querySelector(".along");
    if (along && isOpen) along.open = true;
    if (isOpen) {
      value.focus();
      value.select?.();
    } else {
      document.activeElement.blur();
    }
  };
  if (correct) {
    // What was typed before an error is shown at once.
    open(document.getElementById("error") !== null && value.value !== "" && value.value !== value.dataset.read);
    document.getElementById("open-correct").addEventListener("click", () => open(true));
  }
  // What is new here is looked at before anything is decided: Enter once more must not be enough.
  const looked = document.getElementById("looked-at");
  looked?.focus();
  looked?.addEventListener("change", () => {
    if (looked.checked && correct.classList.contains("open")) value.focus();
  });
  const all = document.getElementById("along-all");
  const others = () => [...document.querySelectorAll("input[name=along]")];
  all?.addEventListener("change", () => others().forEach((one) => { one.checked = all.checked; }));
  document.addEventListener("change", (event) => {
    if (all && event.target.name === "along") all.checked = others().every((one) => one.checked);
  });
  // One thing at a time. While a form is on its way no other form and no link counts: a key that comes too early would
  // undo an earlier decision than the one it is meant for, or leave before this one is sent.
  let sent = null;
  const arrived = () => { delete root.dataset.sent; };
  document.addEventListener("submit", (event) => {
    const isUnchosen = event.submitter?.id === "save" && value.tagName === "SELECT" && value.value === "";
    if (isUnchosen) value.focus();
    if (isUnchosen || root.dataset.sent || (sent && sent !== event.target)) {
      event.preventDefault();
      return;
    }
    sent = event.target;
    root.dataset.sent = "yes";
    // No answer came? Then the same form once more: the server knows it again.
    setTimeout(arrived, 3000);
  });
  document.addEventListener("click", (event) => {
    if (root.dataset.sent && event.target.closest("a")) event.preventDefault();
  }, true);
  addEventListener("pageshow", () => {
    sent = null;
    arrived();
  });
  // With Alt, a Mac types another sign: then the key tells the letter by its place.
  const letter = (event) => (/^[a-z]$/i.test(event.key) ? event.key : event.code.replace(/^Key/, "")).toLowerCase();
  // While a correction is typed, the letters belong to it.
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || letter(event) !== "t" || !all || !correct.classList.contains("open")) return;
    event.preventDefault();
    all.click();
  });
  // Blind reading: the text field has the letters, so its other answers take Alt.
  const say = document.getElementById("say");
  if (say) {
    document.addEventListener("keydown", (event) => {
      if (event.repeat || event.isComposing) return; // a key that is held answers one value, not the next ones too
      const other = event.altKey && document.querySelector(`[data-alt-key="${CSS.escape(letter(event))}"]`);
      const isEnter = event.key === "Enter" && !event.shiftKey && !event.altKey && !event.target.closest("button, a");
      if ((!other && !isEnter) || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      if (other?.tagName === "A") other.click();
      else say.form.requestSubmit(other || say);
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.isComposing || document.querySelector("dialog[open]")) return;
    if (root.dataset.keys === "off" && event.key.length === 1) return;
    const isTyping = event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select");
    if (correct?.classList.contains("open")) {
      if (event.key === "Escape") {
        event.preventDefault();
        if (value.dataset.read !== undefined) value.value = value.dataset.read;
        others().forEach((one) => { one.checked = false; });
        if (all) all.checked = false;
        open(false);
        return;
      }
      if (event.key === "Enter" && !event.shiftKey && event.target.closest("#correct, #reason") && !event.target.closest("button, a, summary")) {
        event.preventDefault();
        const save = document.getElementById("save");
        save.form.requestSubmit(save);
        return;
      }
      const isLooked = looked?.dataset.key === event.key && !isTyping;
      if (!isLooked && document.querySelector(`[data-key="${CSS.escape(event.key)}"]`)) return; // first save or leave it
    } else if (event.key === "Enter" && ["reason", "looked-at"].includes(event.target.id)) {
      event.preventDefault(); // which decision it would be, nobody said
      return;
    }
    if (isTyping) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (event.key === "Enter" && event.target === document.body) document.getElementById("start")?.click();
    const wanted = event.key.length === 1 && document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!wanted) return;
    event.preventDefault();
    if (wanted.type === "submit") wanted.form.requestSubmit(wanted);
    else wanted.click();
  });
})();
