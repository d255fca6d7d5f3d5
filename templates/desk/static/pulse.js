// The pulse of an open page: tells the desk what is open here, shows who else looks at what and what others decided, and says what came
// in since. Nothing moves by itself: new items wait for a press.
"use strict";
(() => {
  const pulse = document.getElementById("pulse");
  if (!pulse) return;
  const csrf = document.querySelector("meta[name=csrf]").content;
  const stories = [...document.querySelectorAll(".story[data-item]")];
  const set = (element, text) => { if (element && element.textContent !== text) element.textContent = text; };
  const open = () => pulse.dataset.at || document.querySelector(".story.here")?.dataset.at || "";

  const showOthers = (others) => {
    for (const place of document.querySelectorAll(".with")) {
      const names = others.filter((other) => other.at === place.dataset.at).map((other) => other.who);
      set(place, names.length ? `${names.join(", ")} ${names.length > 1 ? "look" : "looks"} at this` : "");
    }
  };

  const showStates = (states, held) => {
    const changed = [];
    for (const now of states) {
      const story = stories.find((one) => one.dataset.item === String(now.item));
      const seen = story?.querySelector("input[name=seen]");
      if (!seen) continue;
      for (const field of story.querySelectorAll("input[name=held]")) field.value = held;
      if (seen.value === now.seen) continue;
      for (const field of story.querySelectorAll("input[name=seen]")) field.value = now.seen;
      const mark = story.querySelector("input[form=many]"); // what was marked as something else is marked no more
      if (mark) Object.assign(mark, { value: `${now.item} ${now.seen}`, checked: false });
      for (const state of ["open", "picked", "briefed", "rejected"]) story.classList.toggle(state, state === now.state);
      set(story.querySelector("span.state"), now.slot ? `${now.state}, in slot ${now.slot}` : now.state);
      changed.push(`${story.querySelector("h2").textContent}: ${now.seen}`);
    }
    if (changed.length) set(document.getElementById("said"), `Decided by others: ${changed.join("; ")}`);
  };

  // What is new waits for a press, but for a page that has nothing yet.
  const offer = (text) => {
    const button = document.getElementById("fresh");
    if (!button || !text) return;
    button.hidden = false;
    set(button, text);
  };
  const showNew = ({ items, serial, waiting }) => {
    set(document.getElementById("waiting"), waiting ? `${waiting} new item${waiting > 1 ? "s are" : " is"} being ranked.` : "");
    if (String(serial) === pulse.dataset.serial) return;
    if (!stories.length && pulse.dataset.items === "0") return location.reload();
    const count = items - Number(pulse.dataset.items);
    offer(count > 0 ? `${count} new: show` : "Stories changed: show");
  };
  const showNotes = (notes) => {
    const count = notes - Number(pulse.dataset.notes);
    offer(count > 0 ? `${count} new note${count > 1 ? "s" : ""}: show` : "");
  };
  document.getElementById("fresh")?.addEventListener("click", () => location.reload());

  const beat = async () => {
    if (document.hidden) return;
    const body = new URLSearchParams({ at: open() });
    if (pulse.dataset.week) body.set("week", pulse.dataset.week);
    if (pulse.dataset.story) body.set("story", pulse.dataset.story);
    for (const story of stories) body.append("item", story.dataset.item);
    try {
      const answer = await fetch("/desk/pulse", { method: "POST", body, headers: { "X-CSRF": csrf } });
      if (!answer.ok) return;
      const now = await answer.json();
      showOthers(now.others);
      showStates(now.states, now.held ?? "");
      if (pulse.dataset.serial) showNew(now);
      if (pulse.dataset.notes) showNotes(now.notes);
    } catch { /* the desk is away; the next beat asks again */ }
  };
  document.addEventListener("visibilitychange", beat);
  setInterval(beat, 4000);
  beat();
})();
