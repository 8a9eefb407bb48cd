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
  if (latex.length > LONGEST) return asSource(node, latex);
  try {
    window.katex.render(readable(latex), node, {
      displayMode: display || /\\begin\{(align|alignat|gather|equation|CD)\*?\}|\\tag\b/.test(latex),
      output: "htmlAndMathml",
      throwOnError: false,
      errorColor: "var(--refuted)",
      strict: "ignore",
      trust: false,
      maxExpand: 1000,
      maxSize: 20,
      macros: {},
    });
  } catch (error) {
    // A formula nested deeper than the engine's stack is shown as it was written.
    console.warn(`formula not set: ${error.name}`);
    return asSource(node, latex);
  }
  return node;
}

function asSource(node, latex) {
  const code = document.createElement("code");
  code.textContent = latex;
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
