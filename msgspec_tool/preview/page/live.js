"use strict";
// The page as `preview --serve` sends it: shows the next version as soon as there is one, with the reader where they were.
(() => {
  const STATE = "msgspec-live";
  const $ = (id) => document.getElementById(id);
  const specs = [...document.querySelectorAll("main > .spec")];
  const specOf = (id) => specs.find((spec) => spec.id === id);
  const entryOf = (spec) => [...document.querySelectorAll(".index li")].find((entry) => entry.dataset.for === spec.id);
  const filters = () => [...$("filters").querySelectorAll("input, select")];
  const value = (field) => field.type === "checkbox" ? field.checked : field.value;

  // --- what a reader has before them ---
  const focusable = "a[href], button, summary, [tabindex]";
  const focused = () => {
    const at = document.activeElement;
    if (!at || at === document.body) return null;
    const selection = at.id === "search" ? [at.selectionStart, at.selectionEnd] : null;
    if (at.id && !at.closest(".spec")) return { id: at.id, selection };
    for (const spec of specs) {
      for (const [room, holder] of [["spec", spec], ["index", entryOf(spec)]]) {
        const place = [...holder.querySelectorAll(focusable)].indexOf(at);
        if (place >= 0) return { spec: spec.id, room, place };
      }
    }
    return null;
  };
  const below = () => document.querySelector(".top").getBoundingClientRect().bottom;
  const anchored = () => {
    // the message under the header, by its sample and its place in it: what changes above it must not move it
    const spec = specs.find((one) => !one.hidden && one.getBoundingClientRect().bottom > below());
    if (!spec || scrollY === 0) return null;
    const parts = [...spec.querySelectorAll(".message")];
    const place = parts.findIndex((part) => part.getBoundingClientRect().top <= below() && part.getBoundingClientRect().bottom > below());
    return { spec: spec.id, place, top: (parts[place] ?? spec).getBoundingClientRect().top };
  };
  const keep = () => {
    if (specs.length === 0) return;
    sessionStorage.setItem(STATE, JSON.stringify({
      filters: Object.fromEntries(filters().map((field) => [field.id, value(field)])),
      open: specs.flatMap((spec) => [...spec.querySelectorAll("details")].flatMap((part, place) => part.open ? [[spec.id, place]] : [])),
      focused: focused(),
      anchored: anchored(),
      scroll: scrollY,
    }));
  };

  // --- and has again ---
  const refilter = (chosen) => {
    for (const field of filters()) {
      const was = chosen[field.id];
      if (field.type === "checkbox") field.checked = was === true;
      else if (field.tagName !== "SELECT" || [...field.options].some((option) => option.value === was)) field.value = was ?? "";
    }
    $("by-channel").dispatchEvent(new Event("change"));
  };
  const reopen = (parts) => {
    for (const [id, place] of parts) {
      const part = specOf(id)?.querySelectorAll("details")[place];
      if (part) part.open = true;
    }
  };
  const refocus = ({ id, selection, spec, room, place }) => {
    const at = specOf(spec);
    const holder = room === "index" && at ? entryOf(at) : at;
    const target = id ? $(id) : holder?.querySelectorAll(focusable)[place];
    target?.focus({ preventScroll: true });
    if (target && selection) target.setSelectionRange(...selection);
  };
  const rescroll = ({ anchored, scroll }) => {
    const spec = specOf(anchored?.spec);
    if (!spec || spec.hidden) return scrollTo({ top: scroll, behavior: "instant" });
    const target = spec.querySelectorAll(".message")[anchored.place] ?? spec;
    scrollBy({ top: target.getBoundingClientRect().top - anchored.top, behavior: "instant" });
  };
  const restore = () => {
    const kept = sessionStorage.getItem(STATE);
    if (!kept || specs.length === 0 || performance.getEntriesByType("navigation")[0].type !== "reload") return;
    const state = JSON.parse(kept);
    refilter(state.filters);
    reopen(state.open);
    if (state.focused) refocus(state.focused);
    rescroll(state);
    // sections that were never on the screen have no height of their own before they are
    requestAnimationFrame(() => rescroll(state));
  };
  addEventListener("pagehide", keep);
  history.scrollRestoration = "manual";
  restore();

  // --- the server ---
  const sign = document.createElement("p");
  sign.id = "live";
  sign.setAttribute("role", "status");
  document.querySelector(".tools").prepend(sign);
  const say = (state, text) => {
    if (sign.dataset.state !== state) sign.textContent = text;
    sign.dataset.state = state;
  };
  let events = null;
  const listen = () => {
    events = new EventSource("/events");
    events.addEventListener("open", () => say("on", "Live"));
    events.addEventListener("error", () => say("off", "Not connected: preview --serve has ended"));
    events.addEventListener("message", ({ data }) => {
      if (data === version) return;
      events.close();
      location.reload();
    });
  };
  // a browser has few connections for one server: pages that nobody sees leave them to others
  document.addEventListener("visibilitychange", () => {
    events?.close();
    if (!document.hidden) listen();
  });
  if (!document.hidden) listen();
})();
