// The work of joining (include/zhoubao/deliver/work.h): a number is sought while the address is there, at the latest when the form is sent.
// Whatever fails, the form goes without it, and stricter limits hold.
"use strict";
const form = document.querySelector("form[data-puzzle]");
const ZERO_BITS = 16, AT_ONCE = 500, PATIENCE_MS = 15000;
const started = new Map(); // address to a promise of its proof

async function solve(puzzle, address) {
  const encoder = new TextEncoder(), until = Date.now() + PATIENCE_MS;
  for (let first = 0; Date.now() < until; first += AT_ONCE) {
    const sums = await Promise.all(Array.from({ length: AT_ONCE }, (_, i) =>
      crypto.subtle.digest("SHA-256", encoder.encode(`${puzzle} ${address} ${first + i}`))));
    const found = sums.findIndex((sum) => new DataView(sum).getUint32(0) >>> (32 - ZERO_BITS) === 0);
    if (found >= 0) return String(first + found);
  }
  return "";
}

function proofOf(address) {
  if (!started.has(address)) started.set(address, solve(form.dataset.puzzle, address).catch(() => ""));
  return started.get(address);
}

if (form && globalThis.crypto?.subtle) {
  const address = () => String(new FormData(form).get("email"));
  const begin = () => { if (form.elements.email.validity.valid) proofOf(address()); };
  form.elements.email.addEventListener("change", begin);
  begin();
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    form.querySelector("button").disabled = true;
    form.querySelector("[role=status]").textContent = "One moment …";
    form.elements.proof.value = await proofOf(address());
    form.submit();
  });
  addEventListener("pageshow", () => { form.querySelector("button").disabled = false; form.querySelector("[role=status]").textContent = ""; });
}
