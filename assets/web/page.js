/**
 * The page that shows a solution, a problem, or any other list of cards.
 *
 * Its host calls `moonstep.show` with all keys in order and with those cards that are new or changed.
 */

import { makeCard } from "./cards.js";
import { counts as formulaCounts } from "./formula.js";
import { counts as blockCounts } from "./markdown.js";

const NEAR = 120;
const sheet = document.getElementById("sheet");
const announcer = document.getElementById("announcer");
const shown = new Map();
let follows = false;

/**
 * @param {{order: string[], cards: object[], follow: boolean, language: string, says: string}} update
 * `follow` keeps the end in view while it grows, if the reader is there; `says` is read to them aloud.
 */
function show({ order, cards, follow, language, says }) {
  follows = follow && document.body.scrollHeight - window.innerHeight - window.scrollY < NEAR;
  document.documentElement.lang = language;
  for (const card of cards) place(card);
  for (const [key, { node }] of shown) {
    if (order.includes(key)) continue;
    node.remove();
    shown.delete(key);
  }
  order.forEach((key, i) => {
    const { node } = shown.get(key);
    if (sheet.children[i] !== node) sheet.insertBefore(node, sheet.children[i] ?? null);
  });
  if (says && announcer.textContent !== says) announcer.textContent = says;
  keepEndInView();
}

/** Heights are only known once they are drawn, so this is done again whenever they change. */
function keepEndInView() {
  if (follows) window.scrollTo(0, document.body.scrollHeight);
}

function stopFollowing() {
  follows = false;
}

function place(card) {
  const there = shown.get(card.key);
  if (there?.type === card.type) {
    there.card.update(card);
    return;
  }
  const made = makeCard(card);
  there?.node.remove();
  made.node.dataset.key = card.key;
  shown.set(card.key, { type: card.type, card: made, node: made.node });
}

/** @param {{name: string, colours: Record<string, string>}} theme */
function setTheme({ name, colours }) {
  document.documentElement.dataset.theme = name;
  for (const [colour, value] of Object.entries(colours)) {
    document.documentElement.style.setProperty(`--${colour}`, value);
  }
}

/** How much was rendered since the page was loaded. */
function counts() {
  return { ...blockCounts, ...formulaCounts };
}

new ResizeObserver(keepEndInView).observe(sheet);
window.addEventListener("resize", keepEndInView);
for (const deed of ["wheel", "pointerdown", "keydown"]) {
  window.addEventListener(deed, stopFollowing, { capture: true, passive: true });
}
document.documentElement.dataset.mode = new URLSearchParams(location.search).get("mode") ?? "solution";
window.moonstep = Object.freeze({ show, setTheme, counts });
