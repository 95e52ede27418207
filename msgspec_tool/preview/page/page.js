"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("scripted");
  const $ = (id) => document.getElementById(id);
  const specs = [...document.querySelectorAll("main > .spec")];
  const index = new Map([...document.querySelectorAll(".index li")].map((item) => [item.dataset.for, item]));
  const shown = (list) => list.filter((one) => !one.hidden);

  // what was chosen last time; a page from a file may not be allowed to remember
  const remember = (key, value) => { try { localStorage.setItem(key, value); } catch { /* not kept */ } };
  const remembered = (key) => { try { return localStorage.getItem(key); } catch { return null; } };

  // --- colours ---
  const themes = ["auto", "light", "dark"];
  const words = { auto: ["Auto", "Colours: as the system"], light: ["Light", "Colours: light"], dark: ["Dark", "Colours: dark"] };
  const paint = (theme) => {
    if (theme === "auto") delete root.dataset.theme; else root.dataset.theme = theme;
    $("theme").querySelector("span").textContent = words[theme][0];
    $("theme").setAttribute("aria-label", words[theme][1]);
    $("theme").dataset.now = theme;
  };
  const nextTheme = () => {
    const theme = themes[(themes.indexOf($("theme").dataset.now) + 1) % themes.length];
    paint(theme);
    remember("msgspec-theme", theme);
  };
  paint(themes.includes(remembered("msgspec-theme")) ? remembered("msgspec-theme") : "auto");
  $("theme").addEventListener("click", nextTheme);

  // --- filters ---
  const texts = new Map();
  const textOf = (spec) => {
    if (!texts.has(spec)) texts.set(spec, spec.textContent.toLowerCase());
    return texts.get(spec);
  };
  const findingFits = (spec, wanted) => {
    const { errors, warnings, refused, rules } = spec.dataset;
    switch (wanted) {
      case "": return true;
      case "some": return rules !== "";
      case "none": return rules === "";
      case "error": return errors !== "0";
      case "warning": return warnings !== "0";
      case "refused": return refused !== "0";
      default: return rules.split(" ").includes(wanted.slice("rule:".length));
    }
  };
  const listed = (text, separator) => text === "" ? [] : text.split(separator);
  const filter = () => {
    const search = $("search").value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const channel = $("by-channel").value, owner = $("by-owner").value, tag = $("by-tag").value, finding = $("by-finding").value;
    for (const spec of specs) {
      const fits = (channel === "" || listed(spec.dataset.channels, " ").includes(channel))
        && (owner === "" || spec.dataset.owner === owner)
        && (tag === "" || listed(spec.dataset.tags, "\n").includes(tag))
        && findingFits(spec, finding)
        && search.every((word) => textOf(spec).includes(word));
      spec.hidden = !fits;
      index.get(spec.id).hidden = !fits;
      for (const message of spec.querySelectorAll(".message")) message.hidden = channel !== "" && message.dataset.channel !== channel;
    }
    const number = shown(specs).length;
    $("shown").textContent = `${number} of ${specs.length} shown`;
    $("nothing").hidden = number > 0 || specs.length === 0;
  };
  let waiting = 0;
  $("search").addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(filter, 120); });
  for (const id of ["by-channel", "by-owner", "by-tag", "by-finding"]) $(id).addEventListener("change", filter);
  $("filters").addEventListener("submit", (event) => event.preventDefault());
  $("filters").addEventListener("reset", () => setTimeout(() => { filter(); openBoundaries(); }, 0));
  const openBoundaries = () => {
    for (const one of document.querySelectorAll(".boundaries")) one.open = $("boundaries").checked;
  };
  $("boundaries").addEventListener("change", openBoundaries);

  // --- where the reader is ---
  let current = null;
  const mark = (spec) => {
    if (spec === current) return;
    if (current) index.get(current.id).firstElementChild.removeAttribute("aria-current");
    current = spec;
    index.get(spec.id).firstElementChild.setAttribute("aria-current", "true");
  };
  const visible = new Set();
  let gone = null; // where the reader asked to go last: a short message at the end of the page can't come to its top
  const watch = new IntersectionObserver((entries) => {
    for (const entry of entries) entry.isIntersecting ? visible.add(entry.target) : visible.delete(entry.target);
    if (visible.has(gone)) return;
    gone = null;
    const first = specs.find((spec) => visible.has(spec));
    if (first) mark(first);
  }, { rootMargin: "-80px 0px -50% 0px" });
  const went = (spec) => { mark(spec); gone = spec; };
  for (const spec of specs) {
    watch.observe(spec);
    index.get(spec.id).firstElementChild.addEventListener("click", () => went(spec));
  }
  const go = (step, fits) => {
    const list = shown(specs).filter((spec) => spec === current || fits(spec));
    const target = list[list.indexOf(current) + step] ?? (current && !current.hidden ? null : list[0]);
    if (!target) return;
    target.scrollIntoView({ block: "start", behavior: "instant" });
    target.querySelector("h2").focus({ preventScroll: true });
    went(target);
  };

  // --- copying ---
  const copy = async (button) => {
    const text = button.closest(".body").querySelector("pre").textContent;
    const label = button.firstChild;
    try {
      await navigator.clipboard.writeText(text);
      label.data = "Copied";
    } catch {
      getSelection().selectAllChildren(button.closest(".body").querySelector("pre"));
      label.data = "Selected";
    }
    setTimeout(() => { label.data = "Copy"; }, 1500);
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest(".copy");
    if (button) copy(button);
  });

  // --- keys ---
  const help = $("help");
  $("keys").addEventListener("click", () => help.showModal());
  $("keys-on").checked = remembered("msgspec-keys") !== "off";
  $("keys-on").addEventListener("change", () => remember("msgspec-keys", $("keys-on").checked ? "on" : "off"));
  const any = () => true;
  const found = (spec) => spec.dataset.rules !== "" || spec.dataset.refused !== "0";
  const keys = {
    "/": () => { $("search").focus(); $("search").select(); },
    "?": () => help.showModal(),
    j: () => go(1, any),
    k: () => go(-1, any),
    n: () => go(1, found),
    p: () => go(-1, found),
    b: () => { $("boundaries").checked = !$("boundaries").checked; openBoundaries(); },
    c: () => { const button = current?.querySelector(".message:not([hidden]) .copy"); if (button) copy(button); },
    d: nextTheme,
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target === $("search")) { $("search").blur(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || help.open || !$("keys-on").checked) return;
    if (event.target.closest("input, select, textarea")) return;
    const act = keys[event.key];
    if (act) { event.preventDefault(); act(); }
  });
})();
