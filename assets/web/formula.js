/** Sets formulas with KaTeX; each one once, however often it is shown. */

const LONGEST = 20000;
const KEPT = 600;
const set = new Map();

export const counts = { formulas: 0 };

/**
 * @param {string} latex without delimiters
 * @param {boolean} display whether it stands on its own line
 * @returns {HTMLElement}
 */
export function formula(latex, display) {
  const key = (display ? "D" : "I") + latex;
  if (!set.has(key)) {
    if (set.size >= KEPT) set.delete(set.keys().next().value);
    set.set(key, typeset(latex, display));
  }
  return set.get(key).cloneNode(true);
}

function typeset(latex, display) {
  counts.formulas += 1;
  const node = document.createElement("span");
  node.className = display ? "formula display" : "formula";
  if (latex.length > LONGEST) return asSource(node, latex, "too long");
  try {
    // The tree rather than `render`: that marks errors with a style attribute, which the page's policy refuses.
    const tree = window.katex.__renderToDomTree(readable(latex), options(latex, display));
    if (tree.classes.includes("katex-error")) return asSource(node, latex, tree.attributes.title);
    node.append(tree.toNode());
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return asSource(node, latex, "nested too deeply");
  }
  return node;
}

function options(latex, display) {
  return {
    displayMode: display || /\\begin\{(align|alignat|gather|equation|CD)\*?\}|\\tag\b/.test(latex),
    output: "htmlAndMathml",
    throwOnError: false,
    errorColor: "var(--refuted)",
    strict: "ignore",
    trust: false,
    maxExpand: 1000,
    maxSize: 20,
    macros: {},
  };
}

/** A formula that cannot be set is shown as it was written. */
function asSource(node, latex, why) {
  const code = document.createElement("code");
  code.className = "katex-error";
  code.textContent = latex;
  code.title = why;
  node.replaceChildren(code);
  return node;
}

/** Environments that KaTeX lacks, in terms of those it has. */
function readable(latex) {
  return latex
    .replace(/\\begin\{eqnarray\*?\}/g, "\\begin{array}{rcl}")
    .replace(/\\end\{eqnarray\*?\}/g, "\\end{array}")
    .replace(/\\(begin|end)\{multline\*?\}/g, "\\$1{gather*}");
}
