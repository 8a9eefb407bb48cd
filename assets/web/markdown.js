/**
 * A subset of Markdown with formulas, as DOM nodes: paragraphs, headings, lists, code, bold and italics.
 *
 * Text becomes nodes through `textContent` alone, so nothing in it can ever be markup.
 */

import { isUnfinished, segments } from "./delimiters.js";
import { formula } from "./formula.js";

export const counts = { blocks: 0 };

const FENCE = /^\s*```/;
const HEADING = /^(#{1,6})\s+(.*)$/s;
const RULE = /^\s*([-*_])(\s*\1){2,}\s*$/;
const CLOSING = /^[,.;:!?)\]，。、；：！？）】」]+/;
const ITEM = /^(\s*)([-*+•]|\d{1,3}[.)])\s+(.*)$/s;

/**
 * Cuts a text into blocks. While more text comes, only the last block can still change.
 * @param {string} text
 * @returns {string[]}
 */
export function blocks(text, isOpen = false) {
  const found = [];
  let lines = [];
  const cut = () => {
    const block = lines.join("\n").replace(/\s+$/, "");
    if (block.trim()) found.push(block);
    lines = [];
  };
  for (const line of text.replace(/\r\n?/g, "\n").split("\n")) {
    const begins = ITEM.test(line) || HEADING.test(line) || FENCE.test(line) || RULE.test(line);
    const after = lines.length === 1 && (HEADING.test(lines[0]) || RULE.test(lines[0]));
    if ((begins || after || !line.trim()) && !isUnfinished(lines.join("\n"))) cut();
    if (line.trim() || lines.length) lines.push(line);
    if (lines.length > 1 && FENCE.test(lines[0]) && FENCE.test(line)) cut();
  }
  const rest = lines.join("\n");
  const swallowed = !isOpen && /\n\s*\n/.test(rest) && isUnfinished(rest) && !FENCE.test(rest);
  if (swallowed) found.push(...rest.split(/\n\s*\n/).filter((part) => part.trim()));
  else cut();
  return found;
}

/**
 * One block as a node.
 * @param {string} source
 * @param {boolean} isOpen whether more text of this block is still to come
 * @returns {HTMLElement}
 */
export function block(source, isOpen) {
  counts.blocks += 1;
  if (FENCE.test(source)) return codeBlock(source);
  if (RULE.test(source)) return document.createElement("hr");
  const heading = HEADING.exec(source);
  if (heading) return filled(document.createElement("h3"), heading[2], isOpen);
  const item = ITEM.exec(source);
  if (item) return listItem(item, isOpen);
  return filled(document.createElement("p"), source, isOpen);
}

function codeBlock(source) {
  const code = document.createElement("pre");
  code.textContent = source.replace(/^\s*```[^\n]*\n?/, "").replace(/\n?\s*```\s*$/, "");
  return code;
}

function listItem([, indent, mark, text], isOpen) {
  const number = Number.parseInt(mark, 10);
  const list = document.createElement(Number.isNaN(number) ? "ul" : "ol");
  if (!Number.isNaN(number)) list.start = number;
  if (indent.length > 1) list.className = "nested";
  list.append(filled(document.createElement("li"), text, isOpen));
  return list;
}

/** Fills an element with the inline content of a text. */
export function filled(element, text, isOpen) {
  const nodes = [];
  const plain = segments(text.replace(/[\ue000\ue001]/g, ""), isOpen)
    .map((part) => {
      if (part.kind === "text") return part.value;
      nodes.push(inlineNode(part));
      return `\ue000${nodes.length - 1}\ue001`;
    })
    .join("");
  element.append(...emphasised(plain, nodes));
  return element;
}

function inlineNode(part) {
  if (part.kind === "math") return formula(part.value, part.display);
  const node = document.createElement(part.kind === "code" ? "code" : "span");
  if (part.kind === "code") {
    node.textContent = part.value;
  } else {
    node.className = part.display ? "pending display" : "pending";
    node.textContent = "···";
  }
  return node;
}

const INLINE =
  /\*\*(?=\S)([\s\S]*?\S)\*\*|(?<![\w)\]*\ue001])\*(?=[^\s*])([^*]*[^\s*])\*(?![\w*\ue000])|\ue000(\d+)\ue001|\n/;

function emphasised(text, nodes) {
  const found = [];
  let rest = text;
  for (let match = INLINE.exec(rest); match; match = INLINE.exec(rest)) {
    if (match.index > 0) found.push(document.createTextNode(rest.slice(0, match.index)));
    found.push(inlineMatch(match, nodes));
    rest = rest.slice(match.index + match[0].length);
  }
  if (rest) found.push(document.createTextNode(rest));
  return withPunctuationKept(withoutBreaksAroundDisplays(found));
}

function inlineMatch([whole, bold, italic, index], nodes) {
  if (whole === "\n") return document.createElement("br");
  if (index !== undefined) return nodes[Number(index)];
  const element = document.createElement(bold === undefined ? "em" : "strong");
  element.append(...emphasised(bold ?? italic, nodes));
  return element;
}

/** A formula on its own line brings its own line breaks. */
function withoutBreaksAroundDisplays(nodes) {
  const displays = (node) => node?.classList?.contains("display");
  return nodes.filter(
    (node, i) => node.nodeName !== "BR" || !(displays(nodes[i - 1]) || displays(nodes[i + 1])),
  );
}

/** Punctuation after a formula stays on the line of the formula's end. */
function withPunctuationKept(nodes) {
  const kept = [];
  for (const node of nodes) {
    const formula = kept.at(-1);
    const sign = node.nodeType === Node.TEXT_NODE && CLOSING.exec(node.data)?.[0];
    if (sign && formula?.className === "formula") {
      const pair = document.createElement("span");
      pair.className = "kept";
      pair.append(formula, sign);
      kept.splice(-1, 1, pair);
      node.data = node.data.slice(sign.length);
    }
    kept.push(node);
  }
  return kept;
}

/** A growing text: blocks that did not change stay the very same nodes. */
export class Prose {
  constructor() {
    this.node = document.createElement("div");
    this.node.className = "prose";
    this.keys = [];
  }

  /** @param {string} text @param {boolean} isOpen whether more of it is still to come */
  update(text, isOpen) {
    const sources = blocks(text, isOpen);
    const keys = sources.map((source, i) => (isOpen && i === sources.length - 1 ? `…${source}` : `=${source}`));
    keys.forEach((key, i) => {
      if (this.keys[i] === key) return;
      const node = block(sources[i], key[0] === "…");
      if (i < this.keys.length) this.node.children[i].replaceWith(node);
      else this.node.append(node);
    });
    while (this.node.children.length > keys.length) this.node.lastElementChild.remove();
    this.keys = keys;
  }
}
