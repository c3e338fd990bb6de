// Zoom and pan of a page with its marks. The marks are drawn in the page's own points: zooming moves none of them.
"use strict";
(() => {
  const STEPS = [0.5, 0.75, 1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 8];
  const FINE_FROM = 1.9; // pixels of the screen per pixel of the picture, times the picture's own
  class Viewer {
    constructor(figure) {
      this.figure = figure;
      this.window = figure.querySelector(".viewer-window");
      this.stage = figure.querySelector(".viewer-stage");
      this.image = figure.querySelector("img");
      this.output = figure.querySelector(".viewer-zoom");
      this.focus = figure.dataset.focus?.split(" ").map(Number);
      this.width = Number(figure.dataset.width);
      this.height = Number(figure.dataset.height);
      figure.querySelector(".viewer-tools").hidden = false;
      const fault = figure.querySelector(".viewer-fault");
      const wait = figure.querySelector(".viewer-wait");
      setTimeout(() => { wait.hidden = this.image.complete; }, 400);
      for (const end of ["load", "error"]) this.image.addEventListener(end, () => { wait.hidden = true; });
      this.image.addEventListener("error", () => { fault.hidden = false; });
      if (this.image.complete && this.image.naturalWidth === 0) fault.hidden = false;
      figure.addEventListener("click", (event) => {
        const button = event.target.closest("[data-zoom]");
        if (button) this.act(button.dataset.zoom, button);
        if (this.wasDragged) event.preventDefault();
      });
      this.window.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
      this.window.addEventListener("pointerdown", (event) => this.grab(event));
      this.zoom = 1;
      this.pinHeader();
      this.start();
      new ResizeObserver(() => this.showPinned()).observe(this.stage);
      this.window.addEventListener("scroll", () => this.showPinned(), { passive: true });
    }
    // The header of the table stays in sight, as a strip of the same picture, while it is scrolled away.
    pinHeader() {
      const boxes = [...this.figure.querySelectorAll("rect.header")].map((rect) => rect.getBBox());
      if (!boxes.length || !this.focus) return;
      const top = Math.min(...boxes.map((box) => box.y)) - 2;
      const bottom = Math.max(...boxes.map((box) => box.y + box.height)) + 2;
      if (bottom > this.focus[1] || bottom - top > this.height / 5) return;
      this.band = [Math.max(top, 0), bottom];
      const pinned = document.createElement("div");
      pinned.className = "viewer-pinned";
      pinned.hidden = true;
      this.strip = document.createElement("div");
      this.stripImage = new Image();
      this.stripImage.alt = "";
      this.stripImage.src = this.image.src;
      this.strip.append(this.stripImage);
      pinned.append(this.strip);
      this.stage.prepend(pinned);
      this.pinned = pinned;
    }
    showPinned() {
      if (!this.pinned) return;
      const perPoint = this.stage.clientWidth / this.width;
      this.pinned.hidden = this.window.scrollTop <= this.band[0] * perPoint;
      this.strip.style.height = `${(this.band[1] - this.band[0]) * perPoint}px`;
      this.stripImage.style.top = `${-this.band[0] * perPoint}px`;
    }
    // The first look: the whole width; closer where the mark would be too small to read.
    start() {
      this.fitWidth();
      if (!this.focus) return;
      const perPoint = this.stage.clientWidth / this.width;
      const height = (this.focus[3] - this.focus[1]) * perPoint;
      const width = (this.focus[2] - this.focus[0]) * perPoint;
      const lineHeight = Math.min(height, 8 * perPoint); // a line of small print, where the mark has several
      const wanted = Math.min(13 / Math.max(lineHeight, 1), (this.window.clientWidth * 0.9) / Math.max(width, 1), 4);
      if (wanted > 1.15) this.set(wanted);
      this.toFocus();
    }
    fitWidth() { this.set(1); this.window.scrollLeft = 0; }
    set(zoom, x = this.window.clientWidth / 2, y = this.window.clientHeight / 2) {
      const next = Math.min(Math.max(zoom, STEPS[0]), STEPS[STEPS.length - 1]);
      const left = (this.window.scrollLeft + x) / this.zoom;
      const top = (this.window.scrollTop + y) / this.zoom;
      this.zoom = next;
      this.stage.style.width = `${next * 100}%`;
      this.window.scrollLeft = left * next - x;
      this.window.scrollTop = top * next - y;
      this.output.textContent = `${Math.round(next * 100)}%`;
      const shown = this.stage.clientWidth * devicePixelRatio;
      if (this.image.naturalWidth && shown > this.image.naturalWidth * 1.3) this.finer();
      else if (shown > 1700 * FINE_FROM) this.finer();
    }
    finer() {
      if (this.isFine) return;
      this.isFine = true;
      const finer = new Image();
      finer.addEventListener("load", () => { this.image.src = finer.src; if (this.stripImage) this.stripImage.src = finer.src; });
      finer.src = this.image.dataset.fine;
    }
    step(direction) {
      const next = direction > 0 ? STEPS.find((s) => s > this.zoom + 0.01) : STEPS.findLast((s) => s < this.zoom - 0.01);
      if (next) this.set(next);
    }
    toFocus() {
      if (!this.focus) return;
      const perPoint = this.stage.clientWidth / this.width;
      const [x0, top, x1, bottom] = this.focus.map((value) => value * perPoint);
      this.window.scrollLeft = x1 - x0 > this.window.clientWidth ? x0 - 12 : (x0 + x1 - this.window.clientWidth) / 2;
      this.window.scrollTop = (top + bottom - this.window.clientHeight) / 2;
    }
    act(what, button) {
      if (what === "in") this.step(1);
      else if (what === "out") this.step(-1);
      else if (what === "fit") this.fitWidth();
      else if (what === "focus") this.toFocus();
      else if (what === "marks") {
        const isShown = this.figure.classList.toggle("without-marks");
        (button ?? this.figure.querySelector("[data-zoom=marks]")).setAttribute("aria-pressed", String(!isShown));
      }
    }
    wheel(event) {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const box = this.window.getBoundingClientRect();
      this.set(this.zoom * Math.exp(-event.deltaY / 400), event.clientX - box.left, event.clientY - box.top);
    }
    grab(event) {
      if (event.button !== 0 || event.pointerType === "touch") return;
      const from = { x: event.clientX + this.window.scrollLeft, y: event.clientY + this.window.scrollTop };
      this.wasDragged = false;
      const move = (moved) => {
        if (Math.hypot(moved.clientX - event.clientX, moved.clientY - event.clientY) > 4) this.wasDragged = true;
        this.window.scrollLeft = from.x - moved.clientX;
        this.window.scrollTop = from.y - moved.clientY;
      };
      const stop = () => {
        this.figure.classList.remove("dragging");
        removeEventListener("pointermove", move);
        setTimeout(() => { this.wasDragged = false; });
      };
      this.figure.classList.add("dragging");
      addEventListener("pointermove", move);
      addEventListener("pointerup", stop, { once: true });
      addEventListener("pointercancel", stop, { once: true });
    }
  }
  const KEYS = { "+": "in", "=": "in", "-": "out", "0": "fit", f: "focus", m: "marks" };
  const viewers = new WeakMap();
  for (const figure of document.querySelectorAll("[data-viewer]")) viewers.set(figure, new Viewer(figure));
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.documentElement.dataset.keys === "off") return;
    if (!KEYS[event.key] || event.target.closest("input, textarea, select, dialog[open]")) return;
    const figure = event.target.closest("[data-viewer]") ?? document.querySelector("[data-viewer]");
    const viewer = figure && viewers.get(figure);
    if (!viewer) return;
    event.preventDefault();
    viewer.act(KEYS[event.key]);
  });
  // What is looked at next is drawn while this is read; it need not be shown to be kept by the server.
  const ahead = document.querySelector("[data-ahead]")?.dataset.ahead;
  if (ahead) setTimeout(() => { new Image().src = ahead; }, 1500);
})();
