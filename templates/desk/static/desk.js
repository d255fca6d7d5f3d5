// Keys of the desk: j k move, o opens, / goes to the search, all others press what carries them; ? lists them.
"use strict";
(() => {
  document.documentElement.classList.add("scripted");
  const stories = [...document.querySelectorAll(".story")];
  let at = -1;
  const move = (step) => {
    if (!stories.length) return;
    stories[at]?.classList.remove("here");
    at = Math.min(stories.length - 1, Math.max(0, at + step));
    stories[at].classList.add("here");
    stories[at].querySelector("h2 a").focus({ preventScroll: true });
    stories[at].scrollIntoView({ block: "nearest" });
  };
  const hash = stories.findIndex((story) => "#" + story.id === location.hash);
  if (hash >= 0) { at = hash - 1; move(1); }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
    if (event.key === "j") return move(1);
    if (event.key === "k") return move(-1);
    const scope = stories[at] ?? document;
    if (event.key === "o") return scope.querySelector("h2 a")?.click();
    const button = scope.querySelector(`[data-key="${CSS.escape(event.key)}"]`) ?? document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (button && event.key === "/") { event.preventDefault(); return button.focus(); }
    if (button && !(button.closest(".story") && scope === document)) { event.preventDefault(); button.click(); }
  });

  // What goes on behind the page is looked at until it has ended; nothing else of the page moves.
  const watch = async (id) => {
    try {
      const answer = await fetch(location.href);
      if (answer.redirected) return location.replace(answer.url);
      const now = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(id);
      const old = document.getElementById(id), at = old.contains(document.activeElement) ? document.activeElement.value : null;
      if (now) old.replaceWith(now);
      if (now && at) now.querySelector(`[value="${CSS.escape(at)}"]`)?.focus();
    } catch { /* the desk is away; the next look asks again */ }
    if (document.getElementById(id)?.hasAttribute("data-watch")) setTimeout(watch, 1500, id);
  };
  for (const element of document.querySelectorAll("[data-watch]")) setTimeout(watch, 1000, element.id);
})();
