// Search without a server: words are looked up in small files below search/, pages in p-X.js. They are scripts, for a page
// that was opened from a disk may load nothing else. The words are made as the program makes them (src/base/words.c,
// src/publish/search_words.c): pairs of Han characters, folded and stemmed words elsewhere, the commonest left out.
"use strict";
(() => {
  const box = document.getElementById("search");
  if (!box) return;
  const root = box.dataset.root, form = box.querySelector("form"), field = form.elements.q;
  const status = document.getElementById("search-status"), results = document.getElementById("search-results");
  const files = new Map();
  const HAN = /[\u3005\u3007\p{Script=Han}]/u;
  const ALONE = new Set(["bias", "evening", "news", "united"]);
  const COMMON = new Set(("a an and are as at be been but by for from had has have he her his if in into is it its not of on or she so that the their " +
    "them then there these they this to was we were which who will with would https http www org com").split(" "));
  const MOST = 50, LONGEST = 24, BEFORE = 60, EXCERPT = 220, LOCAL = location.protocol === "file:";

  // y counts as a vowel behind a consonant.
  const isVowel = (word, at) => /[aeiou]/.test(word[at]) || (word[at] === "y" && at > 0 && !/[aeiou]/.test(word[at - 1]));
  const syllables = (word) => [...word].filter((letter, at) => isVowel(word, at) && (at === 0 || !isVowel(word, at - 1))).length;
  const isShort = (word) => word.length > 2 && !isVowel(word, word.length - 1) && !/[wxy]$/.test(word) &&
    isVowel(word, word.length - 2) && !isVowel(word, word.length - 3) && syllables(word) === 1;

  function withoutPlural(word) {
    if (/.(ss|us|is)$/.test(word) || word.length < 4) return word;
    return word.slice(0, /.sses$|..ies$/.test(word) ? -2 : -1);
  }

  function mendedVerb(word) {
    if (word.length > 3 && /([^aeioulsz])\1$/.test(word)) return word.slice(0, -1);
    return (word.length === 2 && isVowel(word, 0) && !isVowel(word, 1)) || isShort(word) ? word + "e" : word;
  }

  function withoutEd(word) {
    if (word.length < 4) return word;
    if (word.endsWith("ied")) return word.slice(0, word.length > 4 ? -2 : -1);
    if (word.endsWith("eed")) return /[rt]eed$/.test(word) && syllables(word.slice(0, -3)) > 0 ? word.slice(0, -1) : word;
    return syllables(word.slice(0, -2)) > 0 ? mendedVerb(word.slice(0, -2)) : word;
  }

  const withoutIng = (word) => (word.length > 4 && syllables(word.slice(0, -3)) > 0 ? mendedVerb(word.slice(0, -3)) : word);
  const withoutIon = (word) => (syllables(word.slice(0, -3)) < 2 ? word : word.slice(0, /.i[sz]ation$/.test(word) ? -5 : -3));

  function withoutLast(word) {
    const last = word.replace(/(?<=.[^aeiou])y$/, "i");
    if (/.ll$/.test(last) && syllables(last) > 1) return last.slice(0, -1);
    if (!/..[^e]e$/.test(last)) return last;
    const left = last.slice(0, -1);
    return isShort(left) || syllables(left) === 0 ? last : left;
  }

  function stem(word) {
    if (!/^[a-z]{3,}$/.test(word) || ALONE.has(word)) return word;
    if (word.endsWith("s")) word = withoutPlural(word);
    if (word.endsWith("ed")) word = withoutEd(word);
    else if (word.endsWith("ing")) word = withoutIng(word);
    if (/.[st]ion$/.test(word)) word = withoutIon(word);
    return withoutLast(word);
  }

  // Each term: {token, prefix}; all must be found.
  function termsOf(text) {
    const terms = [];
    for (const run of text.normalize("NFKC").match(/[\u3005\u3007\p{Script=Han}]+|[^\s\u3005\u3007\p{Script=Han}]+/gu) || []) {
      if (HAN.test(run)) {
        const characters = [...run];
        if (characters.length === 1) terms.push({ token: run, prefix: true });
        for (let i = 0; i + 1 < characters.length; i++) terms.push({ token: characters[i] + characters[i + 1], prefix: false });
      } else
        for (const word of run.normalize("NFKD").replace(/[\p{M}'\u2019]/gu, "").toLowerCase().match(/[\p{L}\p{N}]+/gu) || []) {
          const token = stem(word), bytes = new TextEncoder().encode(token).length;
          if (bytes > 1 && bytes <= LONGEST && !COMMON.has(token)) terms.push({ token, prefix: false });
        }
    }
    return terms;
  }

  // A word that no page has may have no part either; the pages that a part names have one.
  const waiting = new Map();
  window.zhoubaoPart = (name, text) => waiting.get(name)(text.split("\n").filter(Boolean).map((line) => line.split("\t")));

  function load(name) {
    if (!files.has(name))
      files.set(name, new Promise((arrive, fail) => {
        const script = document.createElement("script");
        waiting.set(name, arrive);
        script.src = root + "search/" + name + ".js";
        script.onerror = () => (name.startsWith("p-") ? fail(new Error(name)) : arrive([]));
        document.head.append(script);
      }));
    return files.get(name);
  }

  const partOf = (token) => (/^[a-z0-9]{2}/.test(token) ? token.slice(0, 2) : "u" + (token.codePointAt(0) % 97));

  async function pagesOf({ token, prefix }) {
    const found = new Set();
    for (const [word, ids] of await load(partOf(token)))
      if (word === token || (prefix && word.startsWith(token))) for (const id of ids.split(" ")) found.add(id);
    return found;
  }

  // Where a term stands in TEXT: [from, to, number of the term], in the text's order.
  function hitsIn(text, terms) {
    const hits = [];
    terms.forEach(({ token }, number) => {
      for (let at = HAN.test(token) ? text.indexOf(token) : -1; at >= 0; at = text.indexOf(token, at + 1)) hits.push([at, at + token.length, number]);
    });
    for (const word of text.matchAll(/[\p{L}\p{N}\p{M}'\u2019]+/gu)) {
      const [own] = HAN.test(word[0]) ? [] : termsOf(word[0]), number = own ? terms.findIndex(({ token }) => token === own.token) : -1;
      if (number >= 0) hits.push([word.index, word.index + word[0].length, number]);
    }
    return hits.sort((a, b) => a[0] - b[0]);
  }

  // Pairs of characters lie over each other, and make one mark.
  function joined(hits) {
    const spans = [];
    for (const [start, end] of hits) {
      const last = spans[spans.length - 1];
      if (last && start <= last[1]) last[1] = Math.max(last[1], end);
      else spans.push([start, end]);
    }
    return spans;
  }

  // The part of TEXT from a little before its first hit on, cut between words, with the hits marked.
  function excerpt(text, hits) {
    const early = Math.max(0, hits[0][0] - BEFORE), space = early === 0 ? 0 : text.indexOf(" ", early) + 1;
    const from = space > 0 && space <= hits[0][0] ? space : early, late = from + EXCERPT < text.length ? text.lastIndexOf(" ", from + EXCERPT) : text.length;
    const to = late > hits[0][1] ? late : Math.min(text.length, from + EXCERPT), parts = [from > 0 ? "… " : ""];
    let at = from;
    for (const [start, end] of joined(hits).filter((span) => span[1] <= to)) {
      const mark = document.createElement("mark");
      mark.textContent = text.slice(start, end);
      parts.push(text.slice(at, start), mark);
      at = end;
    }
    return [...parts, text.slice(at, to), to < text.length ? " …" : ""];
  }

  // The paragraph of PAGE that has most of the terms.
  function placeIn(page, terms) {
    let best = null;
    for (const block of page.querySelectorAll("main :is(p, li, li > a, dt, dd, td, pre, h2 > a, h2, h3)")) {
      if (block.closest("form, nav, .kicker, .topics, .subscribe") || block.querySelector("p, li, h2 > a")) continue;
      const text = block.textContent.replace(/\s+/g, " ").trim(), hits = hitsIn(text, terms), worth = new Set(hits.map((hit) => hit[2])).size;
      if (worth > (best ? best.worth : 0)) best = { block, text, hits, worth };
    }
    return best;
  }

  // Instead of the summary: what the page says, and the item that says it. A page may read no other from a disk.
  async function showPlace(item, terms) {
    const link = item.querySelector("a"), answer = await fetch(link.href);
    const place = answer.ok ? placeIn(new DOMParser().parseFromString(await answer.text(), "text/html"), terms) : null;
    if (!place) return;
    const text = item.querySelector("p") || document.createElement("p"), part = place.block.closest("main [id]");
    const heading = part && (part.querySelector("h2 > a") || part.querySelector("h2, a")), found = document.createElement("span");
    found.lang = place.block.closest("[lang]").lang;
    found.append(...excerpt(place.text, place.hits));
    if (heading) {
      const there = document.createElement("a"), itself = place.block.contains(heading);
      there.href = link.href + "#" + part.id;
      there.append(itself ? found : heading.textContent.trim());
      text.replaceChildren(there, ...(itself ? [] : [" ", found]));
    } else text.replaceChildren(found);
    item.append(text);
  }

  // Pages are read when their results come into view.
  let terms = [];
  const seen = LOCAL ? null : new IntersectionObserver((entries) => {
    for (const { target } of entries.filter((entry) => entry.isIntersecting)) {
      seen.unobserve(target);
      showPlace(target, terms).catch(() => {}); // the summary stays
    }
  });

  function show(pages) {
    results.replaceChildren(...pages.slice(0, MOST).map(([, path, title, , day, summary]) => {
      const item = document.createElement("li"), link = document.createElement("a"), meta = document.createElement("div");
      link.href = root + path + (LOCAL ? "index.html" : "");
      link.textContent = title;
      meta.className = "meta";
      meta.textContent = day;
      item.append(link, " ", meta);
      if (summary) {
        const text = document.createElement("p");
        text.textContent = summary;
        item.append(text);
      }
      return item;
    }));
    if (seen) for (const item of results.children) seen.observe(item);
  }

  let turn = 0;
  async function search() {
    const mine = ++turn;
    terms = termsOf(field.value);
    if (terms.length === 0) {
      status.textContent = "";
      show([]);
      return;
    }
    let ids = null;
    for (const term of terms) {
      const found = await pagesOf(term);
      ids = ids === null ? found : new Set([...ids].filter((id) => found.has(id)));
    }
    const lists = await Promise.all([...new Set([...ids].map((id) => id[0]))].map((letter) => load("p-" + letter)));
    if (mine !== turn) return; // something else was typed meanwhile
    const pages = lists.flat().filter(([id]) => ids.has(id)).sort((a, b) => (a[3] < b[3] ? 1 : a[3] > b[3] ? -1 : a[1] < b[1] ? -1 : 1));
    status.textContent = pages.length === 0 ? "Nothing found." : pages.length === 1 ? "1 page" : pages.length + " pages" + (pages.length > MOST ? ", the newest " + MOST : "");
    show(pages);
  }

  let timer = 0;
  const failed = () => { status.textContent = "The index could not be loaded."; };
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => search().catch(failed), 150);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    history.replaceState(null, "", "?q=" + encodeURIComponent(field.value));
    search().catch(failed);
  });
  const asked = new URLSearchParams(location.search).get("q");
  if (asked) {
    field.value = asked;
    search().catch(failed);
  }
})();
