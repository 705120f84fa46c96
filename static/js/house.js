/* Comforts only: every page does its work without this file. */
(function () {
  "use strict";

  const say = (words) => { const box = document.getElementById("say"); if (box) box.textContent = words; };
  const number = (value) => value.toLocaleString("en-US");
  const isTyping = (target) =>
    target.closest("textarea, select, [contenteditable]") !== null ||
    (target.matches("input") && !["checkbox", "radio", "button", "submit"].includes(target.type));

  /* Filters: a select or a tick answers at once; typed words wait for the button. */
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-autosubmit]");
    if (form && event.target.matches("select, input[type=month], .filter-flag input")) form.requestSubmit();
  });

  /* Empty conditions stay out of the address, so that a link to a list is short and can be shared. */
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[method=get]")) return;
    for (const field of event.target.elements) {
      if (field.name && field.value === "" && !field.disabled) {
        field.disabled = true;
        setTimeout(() => { field.disabled = false; }, 0);
      }
    }
  });

  /* Menus close by Escape and by a click elsewhere. */
  document.addEventListener("click", (event) => {
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });

  /* Lists: the row is a link, unless a word in it is being marked or a control was meant. */
  document.addEventListener("click", (event) => {
    const row = event.target.closest("tr.leads");
    if (!row || event.target.closest("a, button, input, label, select, summary")) return;
    if (String(window.getSelection())) return;
    const link = row.querySelector("a.row-link");
    if (!link) return;
    if (event.ctrlKey || event.metaKey) window.open(link.href, "_blank", "noopener");
    else link.click();
  });

  class BulkList {
    constructor(form) {
      this.form = form;
      this.rows = Array.from(form.querySelectorAll("tbody tr"));
      this.page = form.querySelector("[data-tick-page]");
      this.all = form.querySelector("[data-tick-all]");
      this.words = form.querySelector("[data-bulk-count]");
      this.buttons = Array.from(form.querySelectorAll("[data-needs-tick]"));
      this.here = -1;
      form.addEventListener("change", (event) => this.ticked(event.target));
      form.addEventListener("click", (event) => this.stretch(event));
      form.addEventListener("focusin", (event) => this.follow(event.target));
      this.show();
    }

    boxes() { return this.rows.map((row) => row.querySelector("input[name=id]")).filter(Boolean); }

    ticked(target) {
      if (target === this.page) {
        this.boxes().forEach((box) => { box.checked = target.checked; });
        if (!target.checked) this.all.checked = false;
      } else if (target === this.all) {
        this.boxes().forEach((box) => { box.checked = target.checked; });
      } else if (target.name === "id" && !target.checked) {
        this.all.checked = false;
      }
      this.show();
    }

    /* Shift takes everything between two ticks, as in Excel. */
    stretch(event) {
      if (event.target.name !== "id") return;
      const boxes = this.boxes();
      const at = boxes.indexOf(event.target);
      if (event.shiftKey && this.last !== undefined) {
        const [from, to] = [Math.min(at, this.last), Math.max(at, this.last)];
        boxes.slice(from, to + 1).forEach((box) => { box.checked = event.target.checked; });
        this.show();
      }
      this.last = at;
    }

    show() {
      const boxes = this.boxes();
      const some = boxes.filter((box) => box.checked).length;
      const total = Number(this.words.dataset.total);
      const unit = this.words.dataset.unit;
      const whole = this.all.checked;
      const count = whole ? total : some;
      boxes.forEach((box) => box.closest("tr").classList.toggle("is-ticked", box.checked));
      this.page.checked = boxes.length > 0 && some === boxes.length;
      this.page.indeterminate = some > 0 && some < boxes.length;
      this.words.textContent = `共 ${number(total)} ${unit}，已选 ${number(count)} ${unit}${whole ? "（全部符合条件的）" : ""}`;
      this.buttons.forEach((button) => { button.disabled = count === 0; });
    }

    follow(target) {
      const row = target.closest("tbody tr");
      if (row) this.stand(this.rows.indexOf(row), false);
    }

    stand(at, focus) {
      if (at < 0 || at >= this.rows.length) return;
      if (this.here >= 0) this.rows[this.here].classList.remove("is-here");
      this.here = at;
      const row = this.rows[at];
      row.classList.add("is-here");
      if (!focus) return;
      const target = row.querySelector("a.row-link") || row.querySelector("input[name=id]");
      if (target) target.focus({ preventScroll: true });
      row.scrollIntoView({ block: "center" });
    }

    tick() {
      const box = this.here >= 0 && this.rows[this.here].querySelector("input[name=id]");
      if (box) box.click();
      return box;
    }

    open() {
      const link = this.here >= 0 && this.rows[this.here].querySelector("a.row-link");
      if (link) link.click();
    }

    key(key) {
      if (key === "j") return this.stand(Math.min(this.here + 1, this.rows.length - 1), true);
      if (key === "k") return this.stand(Math.max(this.here - 1, 0), true);
      if (key === "x") return this.tick();
      if (key === "Enter") return this.open();
      const button = this.buttons.find((one) => one.dataset.key === key);
      if (!button) return undefined;
      /* With nothing ticked the key means the row one stands on. */
      if (button.disabled && !this.tick()) return say("请先用 J、K 选中一行，或勾选后再办理。");
      return button.click();
    }
  }

  const lists = Array.from(document.querySelectorAll("form[data-keys]")).map((form) => new BulkList(form));

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const menu = document.querySelector("details.menu[open]");
    if (event.key === "Escape" && menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
      return;
    }
    if (isTyping(event.target)) return;
    if (event.key === "/") {
      const search = document.querySelector("[data-search]");
      if (search) { event.preventDefault(); search.focus(); }
      return;
    }
    const list = lists[0];
    if (!list || event.shiftKey || event.target.closest("details.menu")) return;
    /* On a tick box the browser would press the first button of the form: everybody ticked would be received. */
    const onTick = event.key === "Enter" && event.target.matches("input[type=checkbox]") && list.form.contains(event.target);
    if (onTick || ["j", "k", "x"].includes(event.key) || list.buttons.some((one) => one.dataset.key === event.key)) {
      event.preventDefault();
      list.key(event.key);
    }
  });

  /* The browser brings ticks back after “后退”; the count must say the same. */
  window.addEventListener("pageshow", () => lists.forEach((list) => list.show()));

  /* One press, one act: a second press while the first is on its way does nothing. */
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || !event.target.matches("form[method=post]")) return;
    if (event.target.dataset.sent) { event.preventDefault(); return; }
    event.target.dataset.sent = "1";
    setTimeout(() => { delete event.target.dataset.sent; }, 3000);
  });

  document.querySelectorAll(".drop").forEach((drop) => {
    const input = drop.querySelector("input[type=file]");
    drop.addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("over"); });
    drop.addEventListener("dragleave", () => drop.classList.remove("over"));
    drop.addEventListener("drop", (event) => {
      event.preventDefault();
      drop.classList.remove("over");
      if (event.dataTransfer.files.length) input.files = event.dataTransfer.files;
    });
  });

  /* A table wider than its frame scrolls inside it; one that fits lets its headings stick to the window. */
  const frames = Array.from(document.querySelectorAll(".table-frame"));
  const fit = () => frames.forEach((frame) => {
    frame.classList.remove("fits", "scrolls");
    const wide = frame.firstElementChild.offsetWidth > frame.clientWidth + 1;
    /* In a low window (200 % zoom) a frame inside the page would leave no room to read. */
    frame.classList.toggle("scrolls", wide && window.innerHeight >= 500);
    frame.classList.toggle("fits", !wide);
  });
  fit();
  window.addEventListener("resize", fit);
  window.addEventListener("load", fit);

  document.querySelectorAll("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });
})();
