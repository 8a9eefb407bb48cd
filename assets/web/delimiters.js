/**
 * Tells prose, code and formulas apart in the text of one block.
 *
 * A formula stands between $…$, $$…$$, \(…\) or \[…\], in a bare environment, or in a bare \boxed{…}.
 */

const ENVIRONMENTS = new Set([
  "align", "align*", "alignat", "alignat*", "aligned", "alignedat", "array", "Bmatrix", "bmatrix",
  "cases", "CD", "dcases", "eqnarray", "eqnarray*", "equation", "equation*", "gather", "gather*",
  "gathered", "matrix", "multline", "multline*", "pmatrix", "rcases", "smallmatrix", "split",
  "Vmatrix", "vmatrix",
]);

const OPENING = /\\\\|\\\$|\$\$|\$|\\\[|\\\(|\\begin\{([A-Za-z]+\*?)\}|\\boxed\s*\{|`+/g;
const AMOUNT = /^\d[\d,]*(\.\d+)?(?=[\s,.;:!?)%]|[^\x00-\x7f]|$)/;
const PROSE = /[A-Za-z]{3,}|[\u3400-\u9fff]/;

/**
 * @typedef {{kind: "text"|"code"|"math"|"pending", value: string, display: boolean}} Segment
 * @param {string} text
 * @param {boolean} isOpen whether more text is still to come
 * @returns {Segment[]} `pending` is a formula whose end has not come yet
 */
export function segments(text, isOpen) {
  const found = [];
  let start = 0;
  const opening = new RegExp(OPENING);
  for (let match = opening.exec(text); match; match = opening.exec(text)) {
    const formula = readFrom(text, match, isOpen);
    if (!formula) continue;
    if (match.index > start) found.push(segment("text", text.slice(start, match.index)));
    found.push(formula.segment);
    start = opening.lastIndex = formula.end;
  }
  if (start < text.length) found.push(segment("text", text.slice(start)));
  return found.map(unescapeDollars);
}

/** Whether a formula on its own lines, or a code fence, has begun and not ended. */
export function isUnfinished(text) {
  if (/^\s*```/.test(text)) return !/\n\s*```\s*$/.test(text);
  return segments(text, true).some((part) => part.kind === "pending" && part.display);
}

function segment(kind, value, display = false) {
  return { kind, value, display };
}

function unescapeDollars(part) {
  return part.kind === "text" ? { ...part, value: part.value.replaceAll("\\$", "$") } : part;
}

function readFrom(text, match, isOpen) {
  const opened = match[0];
  const inside = match.index + opened.length;
  if (opened === "\\\\" || opened === "\\$") return null;
  if (opened[0] === "`") return readCode(text, opened, inside);
  if (opened === "$") return readDollar(text, inside, isOpen);
  if (match[1] !== undefined && !ENVIRONMENTS.has(match[1])) return null;
  return readPaired(text, match, isOpen);
}

function readCode(text, ticks, inside) {
  const end = text.indexOf(ticks, inside);
  if (end < 0) return null;
  return { segment: segment("code", text.slice(inside, end).trim()), end: end + ticks.length };
}

function readPaired(text, match, isOpen) {
  const opened = match[0];
  const inside = match.index + opened.length;
  const display = opened === "$$" || opened === "\\[" || match[1] !== undefined;
  const whole = match[1] !== undefined || opened.startsWith("\\boxed");
  const from = whole ? match.index : inside;
  const close = closing(text, match, inside);
  if (!close) {
    return isOpen ? { segment: segment("pending", text.slice(from), display), end: text.length } : null;
  }
  const value = text.slice(from, whole ? close.end : close.start);
  return { segment: segment("math", value.trim(), display), end: close.end };
}

function closing(text, match, inside) {
  if (match[1] !== undefined) return environmentEnd(text, match.index, match[1]);
  if (match[0].startsWith("\\boxed")) return braceEnd(text, inside);
  const sign = { "\\[": "\\]", "\\(": "\\)", $$: "$$" }[match[0]];
  const at = unescaped(text, sign, inside);
  return at < 0 ? null : { start: at, end: at + sign.length };
}

function environmentEnd(text, start, name) {
  const marks = new RegExp(`\\\\(begin|end)\\{${name.replace("*", "\\*")}\\}`, "g");
  marks.lastIndex = start;
  let depth = 0;
  for (let mark = marks.exec(text); mark; mark = marks.exec(text)) {
    depth += mark[1] === "begin" ? 1 : -1;
    if (depth === 0) return { start: mark.index, end: marks.lastIndex };
  }
  return null;
}

function braceEnd(text, inside) {
  let depth = 1;
  for (let at = inside; at < text.length; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === "{") depth += 1;
    else if (text[at] === "}" && (depth -= 1) === 0) return { start: at, end: at + 1 };
  }
  return null;
}

function unescaped(text, sign, from) {
  let at = text.indexOf(sign, from);
  while (at >= 0 && backslashesBefore(text, at) % 2 === 1) at = text.indexOf(sign, at + 1);
  return at;
}

function backslashesBefore(text, at) {
  let count = 0;
  while (text[at - 1 - count] === "\\") count += 1;
  return count;
}

/** A single dollar sign opens a formula, or is money, or is just itself. */
function readDollar(text, inside, isOpen) {
  const at = unescaped(text, "$", inside);
  const inner = at < 0 ? text.slice(inside) : text.slice(inside, at);
  if (at < 0 || inner.includes("\n\n")) {
    const begins = isOpen && at < 0 && /^[^\s]/.test(inner) && !AMOUNT.test(inner);
    return begins ? { segment: segment("pending", inner), end: text.length } : null;
  }
  if (!inner.trim() || isMoney(inner, text[at + 1] ?? "")) return null;
  const loose = inner !== inner.trim();
  if (loose && PROSE.test(withoutCommands(inner))) return null;
  return { segment: segment("math", inner.trim()), end: at + 1 };
}

function isMoney(inner, next) {
  if (/^\d/.test(inner) && /^\d/.test(next)) return true;
  const amount = AMOUNT.exec(inner);
  if (!amount || amount[0] === inner) return false;
  return inner !== inner.trimEnd() || PROSE.test(withoutCommands(inner));
}

function withoutCommands(latex) {
  return latex.replace(/\\(text|mathrm|operatorname|mbox)\s*\{[^{}]*\}|\\[A-Za-z]+/g, " ");
}
