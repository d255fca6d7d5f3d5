// Writing the issue: saved while one types, shown while one types, moved by drag and keys, and never over what somebody else wrote.
"use strict";
(() => {
  const form = document.getElementById("issue");
  if (!form) return;
  const byId = (id) => document.getElementById(id);
  const frame = document.querySelector('iframe[name="preview"]'), saved = byId("saved"), conflict = byId("conflict");
  const slots = () => [...byId("slots").children];
  const names = () => [...form.elements].filter((e) => e.name && e.type !== "hidden" && e.tagName !== "BUTTON").map((e) => e.name);
  const field = (name) => form.elements.namedItem(name);
  const values = () => Object.fromEntries(names().map((name) => [name, field(name).value]));
  let base = values(); // what is stored, as far as this page knows
  let approved = "approved" in form.dataset, dirty = false, stopped = !("open" in form.dataset), saving = null, saveTimer = 0, showTimer = 0, kind = "html", shown = 0;

  // ---- the preview: new words go into the document that is there, so that nothing jumps or flickers
  const scheme = () => (byId("dark").checked ? "dark" : "light");
  const escape = (text) => text.replace(/[&<>]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[c]);
  const draw = (text, plain) => {
    const doc = frame.contentDocument, part = (name) => new RegExp(`<${name}\\b([^>]*)>([\\s\\S]*)</${name}>`, "i").exec(text);
    if (!doc?.body) return;
    const root = doc.scrollingElement ?? doc.documentElement, top = root.scrollTop;
    if (plain) {
      const dark = scheme() === "dark";
      doc.head.innerHTML = `<style>html{color-scheme:${scheme()}}body{margin:1rem;${dark ? "background:#161614;color:#ecece6" : "background:#fff;color:#1b1b1b"}}pre{white-space:pre-wrap;overflow-wrap:anywhere;font:.9rem/1.5 ui-monospace,monospace}</style>`;
      doc.body.removeAttribute("class");
      doc.body.removeAttribute("style");
      doc.body.innerHTML = "<pre>" + escape(text) + "</pre>";
    } else {
      const head = part("head"), body = part("body");
      if (!body) return;
      if (head && doc.head.dataset.from !== head[2]) { doc.head.innerHTML = head[2]; doc.head.dataset.from = head[2]; }
      const shell = document.implementation.createHTMLDocument("").createElement("div");
      shell.innerHTML = `<div${body[1].replace(/\bstyle=/g, "data-style=")}></div>`;
      for (const name of ["class", "id", "lang", "style"]) {
        const value = shell.firstChild.getAttribute(name === "style" ? "data-style" : name);
        if (value === null) doc.body.removeAttribute(name);
        else doc.body.setAttribute(name, value);
      }
      doc.body.innerHTML = body[2];
    }
    if (plain) delete doc.head.dataset.from;
    root.scrollTop = top;
  };
  const show = async () => {
    const mine = ++shown, asked = kind;
    try {
      const answer = await fetch(form.dataset.preview + asked + "?scheme=" + scheme(), { method: "POST", body: new URLSearchParams(new FormData(form)) });
      const text = await answer.text();
      if (mine === shown && answer.ok) draw(text, asked === "text" || asked === "markdown");
    } catch { /* the next one comes with the next key */ }
  };
  frame.addEventListener("load", () => { if (shown) show(); });
  const links = [...document.querySelectorAll(".forms a[data-kind]")];
  for (const link of links)
    link.addEventListener("click", (event) => {
      event.preventDefault();
      kind = link.dataset.kind;
      for (const other of links) other.removeAttribute("aria-current");
      link.setAttribute("aria-current", "true");
      show();
    });
  byId("dark").addEventListener("change", show);

  // The preview shows the slot that one writes in.
  form.addEventListener("focusin", (event) => {
    const slot = event.target.closest(".slot"), doc = frame.contentDocument;
    const heading = slot && doc?.querySelectorAll("h2")[slots().indexOf(slot)], root = doc?.scrollingElement;
    if (heading && root) root.scrollTop += heading.getBoundingClientRect().top - 24;
  });

  // ---- what is missing
  const tell = (facts) => {
    byId("bytes").textContent = facts.bytes_words;
    byId("meter").value = facts.bytes;
    byId("missing-count").textContent = facts.missing;
    byId("look-count").textContent = facts.warnings ? `, ${facts.warnings} to look at` : "";
    byId("missing-link").classList.toggle("fine", facts.missing === 0);
    byId("link-count").textContent = facts.link_count;
    const list = (id, items) => byId(id).replaceChildren(...items);
    const line = (text, name) => Object.assign(document.createElement("li"), { textContent: text, className: name });
    list("problems", facts.problems.length ? facts.problems.map((p) => {
      const item = line(p.warning ? "Worth a look: " : "", p.warning ? "warning" : "");
      item.append(p.slot ? Object.assign(document.createElement("a"), { href: "#slot-" + p.slot, textContent: p.text }) : p.text);
      return item;
    }) : [line("Nothing.", "fine")]);
    list("links", facts.links.map((url) => {
      const item = line("", ""), link = document.createElement("a");
      link.textContent = url;
      if (/^https?:/.test(url)) link.href = url;
      link.rel = "noreferrer";
      link.target = "_blank";
      item.append(link);
      return item;
    }));
    slots().forEach((slot, i) => slot.classList.toggle("wanting", facts.problems.some((p) => p.slot === i + 1 && !p.warning)));
  };

  // ---- saving
  const setVersion = (version) => { for (const input of document.querySelectorAll('input[name="version"]')) input.value = version; };
  const setState = (state) => {
    for (const id of ["state", "state-dock"]) {
      const badge = byId(id);
      if (badge.dataset.state === state) continue;
      badge.dataset.state = state;
      badge.textContent = state === "review" ? "in review" : state;
    }
  };
  // Fields that only they changed are taken over, those that only I changed stay; both need a person.
  const merge = (theirs, by) => {
    const both = [];
    for (const [name, value] of Object.entries(theirs)) {
      const input = field(name);
      if (!input || input.value === value) continue;
      if (input.value === base[name]) input.value = value;
      else if (value !== base[name]) both.push(name);
    }
    base = { ...base, ...theirs };
    if (!both.length) { saved.textContent = `${by} changed other fields in the meantime: they are here now`; return true; }
    stopped = true;
    conflict.replaceChildren();
    const add = (parent, tag, text, name) => parent.appendChild(Object.assign(document.createElement(tag), { textContent: text, className: name ?? "" }));
    add(conflict, "h2", `${by} saved in between`);
    add(conflict, "p", "Nothing is lost: both texts are below and among the revisions. Choose for each field; then it is saved.");
    let open = both.length;
    for (const name of both) {
      const box = add(conflict, "div", ""), label = field(name).closest("label").firstChild.textContent.trim(), n = /\d$/.exec(name);
      add(box, "b", label + (n ? `, slot ${n[0]}` : ""));
      const sides = add(box, "div", "", "both"), mine = add(sides, "div", "Mine"), other = add(sides, "div", by + "’s");
      add(mine, "pre", field(name).value);
      add(other, "pre", theirs[name]);
      const choose = (side, text, value) => {
        const button = add(side, "button", text);
        button.type = "button";
        button.addEventListener("click", () => {
          field(name).value = value();
          box.remove();
          if (--open > 0) return;
          conflict.hidden = true;
          stopped = false;
          touch();
        });
      };
      const keep = field(name).value;
      choose(mine, "Keep mine", () => keep);
      choose(other, `Take ${by}’s`, () => theirs[name]);
    }
    conflict.hidden = false;
    conflict.scrollIntoView({ block: "nearest" });
    saved.textContent = "Not saved: choose between two texts above";
    return false;
  };
  const post = async (byHand) => {
    const body = new URLSearchParams(new FormData(form)), sent = values(), order = slots();
    if (byHand) body.set("by_hand", "1");
    saved.textContent = "Saving…";
    const answer = await fetch(form.dataset.save, { method: "POST", body });
    if (answer.status === 403 || answer.status === 404) {
      saved.textContent = "Not saved: the issue is published, or you are signed out. Copy your words, then open the page again.";
      stopped = true;
      return "refused";
    }
    if (!answer.ok && answer.status !== 409) throw new Error(String(answer.status));
    const facts = await answer.json();
    setVersion(facts.version);
    setState(facts.state);
    order.forEach((slot, i) => { slot.querySelector('input[name^="from"]').value = i + 1; });
    tell(facts);
    if (facts.stale) {
      show();
      return merge(facts.fields, facts.by) ? "again" : "both";
    }
    approved = facts.state === "approved";
    base = sent;
    saved.textContent = `Saved ${facts.at}`;
    return "saved";
  };
  // One at a time; what is typed meanwhile goes with the next.
  const save = (byHand) => {
    clearTimeout(saveTimer);
    if (stopped) return saving ?? Promise.resolve();
    saving = (saving ?? Promise.resolve()).then(async () => {
      if (stopped || (!dirty && !byHand)) return;
      dirty = false;
      try {
        if (await post(byHand) === "again") dirty = (await post(byHand)) === "again";
      } catch {
        dirty = true;
        saved.textContent = "Not saved: the desk does not answer. It is tried again.";
        saveTimer = setTimeout(() => save(false), 5000);
      }
    });
    return saving;
  };
  const touch = () => {
    dirty = true;
    clearTimeout(showTimer);
    showTimer = setTimeout(show, 200);
    if (stopped) return;
    clearTimeout(saveTimer);
    if (approved) saved.textContent = "Not saved yet: Save takes the approval back";
    else saveTimer = setTimeout(() => save(false), 900);
  };
  form.addEventListener("input", touch);
  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (button?.name) return; // move and template, unless a script below has done it
    event.preventDefault();
    save(true).then(() => { if (byId("approval") && !stopped) location.reload(); });
  });
  // An act follows on what was written last.
  for (const other of document.querySelectorAll('main form[method="post"]'))
    if (other !== form)
      other.addEventListener("submit", (event) => {
        if (!dirty || stopped || approved) return;
        event.preventDefault();
        save(false).then(() => { if (!dirty && !stopped) other.requestSubmit(event.submitter); });
      });
  addEventListener("pagehide", () => { if (dirty && !stopped && !approved) navigator.sendBeacon(form.dataset.save, new URLSearchParams(new FormData(form))); });
  addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "s") { event.preventDefault(); save(true); }
  });

  // ---- what others do meanwhile: a page nobody is writing in shows it; else it is merged with the next save
  setInterval(async () => {
    if (document.hidden || stopped) return;
    try {
      const answer = await fetch(document.getElementById("sending").dataset.progress);
      const now = answer.ok ? await answer.json() : null;
      if (!now || Number(field("version").value) >= now.version || dirty || saved.textContent === "Saving…") return;
      if (!form.contains(document.activeElement)) return location.reload();
      saved.textContent = `${now.by} saved in the meantime: what you write next is put together with it`;
    } catch { /* the desk is away; saving says so */ }
  }, 5000);

  // ---- templates
  for (const button of form.querySelectorAll("button[data-into]"))
    button.addEventListener("click", (event) => {
      event.preventDefault();
      field(button.dataset.into).value = button.dataset.text;
      touch();
    });

  // ---- order: by buttons, Alt and the arrows, or the handle
  const number = () => slots().forEach((slot, i) => {
    const was = slot.dataset.slot, now = String(i + 1);
    slot.dataset.slot = now;
    slot.id = "slot-" + now;
    slot.querySelector(".n").textContent = now;
    for (const input of slot.querySelectorAll("[name]"))
      if (input.name.endsWith(was) && input.name !== "move") input.name = input.name.slice(0, -1) + now;
    const [up, down] = slot.querySelectorAll(".move");
    up.hidden = i === 0;
    down.hidden = i === slots().length - 1;
    up.setAttribute("aria-label", `Move slot ${now} up`);
    down.setAttribute("aria-label", `Move slot ${now} down`);
  });
  const rename = () => { // no two fields may share a name while they are renamed
    for (const slot of slots()) {
      for (const input of slot.querySelectorAll("[name]"))
        if (input.name.endsWith(slot.dataset.slot) && input.name !== "move") input.name = input.name.slice(0, -1) + "-";
      slot.dataset.slot = "-";
    }
    number();
    const old = base; // what is stored moves along
    base = { ...values(), ...Object.fromEntries(Object.entries(old).filter(([name]) => !/\d$/.test(name))) };
    touch();
  };
  const move = (slot, step) => {
    const all = slots(), to = all.indexOf(slot) + step;
    if (to < 0 || to >= all.length) return;
    const focused = document.activeElement;
    if (step < 0) all[to].before(slot);
    else all[to].after(slot);
    rename();
    (focused.hidden ? slot.querySelector(".move:not([hidden])") : focused).focus({ preventScroll: true });
    slot.scrollIntoView({ block: "nearest" });
  };
  if ("open" in form.dataset)
    for (const slot of slots()) {
      for (const button of slot.querySelectorAll(".move"))
        button.addEventListener("click", (event) => { event.preventDefault(); move(slot, Number(button.dataset.step)); });
      slot.addEventListener("keydown", (event) => {
        const step = event.altKey ? { ArrowUp: -1, ArrowDown: 1 }[event.key] : undefined;
        if (step) { event.preventDefault(); move(slot, step); }
      });
      const handle = slot.querySelector(".handle");
      handle.draggable = true;
      handle.addEventListener("dragstart", (event) => {
        event.dataTransfer.setData("text/plain", slot.id);
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setDragImage(slot, 20, 20);
        slot.classList.add("dragged");
      });
      handle.addEventListener("dragend", () => { slot.classList.remove("dragged"); rename(); });
      slot.addEventListener("dragover", (event) => {
        const dragged = document.querySelector(".slot.dragged");
        if (!dragged) return;
        event.preventDefault();
        if (dragged === slot) return;
        const all = slots();
        if (all.indexOf(dragged) < all.indexOf(slot)) slot.after(dragged);
        else slot.before(dragged);
      });
      slot.addEventListener("drop", (event) => event.preventDefault());
    }
})();
// How far the sending is, once a second.
(() => {
  const panel = document.getElementById("sending");
  if (!panel) return;
  const set = (id, text) => { const at = document.getElementById(id); if (at && at.textContent !== text) at.textContent = text; };
  const look = async () => {
    const answer = await fetch(panel.dataset.progress, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const now = await answer.json();
    set("note", now.note ?? "");
    const mailing = now.mailing;
    if (mailing) {
      set("send-words", mailing.words);
      set("send-speed", mailing.speed ? ", " + mailing.speed : "");
      for (const { name, n } of mailing.counts) {
        const at = panel.querySelector(`[data-count="${name}"]`);
        if (at) at.textContent = n;
      }
      const bar = document.getElementById("send-bar");
      if (bar) { bar.max = Math.max(1, mailing.total); bar.value = mailing.settled; }
      if ("live" in panel.dataset && !mailing.live && !mailing.running) return location.reload();
    }
    const waiting = /on its way/.test(now.note ?? "") || mailing?.live || mailing?.running;
    if (waiting) setTimeout(() => look().catch(() => {}), 1000);
  };
  if ("live" in panel.dataset || /on its way/.test(document.getElementById("note").textContent)) look().catch(() => {});
})();
