// One key for each decision. Without this script the same buttons are there to be clicked.
"use strict";
(() => {
  document.documentElement.classList.add("scripted");
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
  const all = document.getElementById("along-all");
  const others = () => [...document.querySelectorAll("input[name=along]")];
  all?.addEventListener("change", () => others().forEach((one) => { one.checked = all.checked; }));
  document.addEventListener("change", (event) => {
    if (all && event.target.name === "along") all.checked = others().every((one) => one.checked);
  });
  // A form goes once: a second click would only be answered with what the first had logged.
  document.addEventListener("submit", (event) => {
    if (event.target.dataset.sent) event.preventDefault();
    event.target.dataset.sent = "yes";
    // No answer came? Then once more: the server knows the form again.
    setTimeout(() => delete event.target.dataset.sent, 3000);
  });
  addEventListener("pageshow", () => document.querySelectorAll("form").forEach((form) => delete form.dataset.sent));
  // While a correction is typed, the letters belong to it.
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.key.toLowerCase() !== "t" || !all || !correct.classList.contains("open")) return;
    event.preventDefault();
    all.click();
  });
  // Blind reading: the text field has the letters, so its other answers take Alt.
  const say = document.getElementById("say");
  if (say) {
    document.addEventListener("keydown", (event) => {
      if (event.repeat || event.isComposing) return; // a key that is held answers one value, not the next ones too
      const other = event.altKey && document.querySelector(`[data-alt-key="${CSS.escape(event.key.toLowerCase())}"]`);
      const isEnter = event.key === "Enter" && !event.shiftKey && !event.altKey && !event.target.closest("button, a");
      if ((!other && !isEnter) || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      say.form.requestSubmit(other || say);
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.isComposing || document.querySelector("dialog[open]")) return;
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
      if (document.querySelector(`[data-key="${CSS.escape(event.key)}"]`)) return; // first save it or leave it
    } else if (event.key === "Enter" && event.target.id === "reason") {
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
