/** The cards that a solution is made of. Each is built once and brought up to date in place. */

import { formula } from "./formula.js";
import { Prose } from "./markdown.js";

/**
 * @param {{type: string, key: string}} card
 * @returns {{node: HTMLElement, update: (card: object) => void}}
 */
export function makeCard(card) {
  return new CARDS[card.type](card);
}

function element(name, className, ...children) {
  const node = document.createElement(name);
  if (className) node.className = className;
  node.append(...children.filter(Boolean));
  return node;
}

/** Puts a mark's shape and word into a node; a mark is told by more than its colour. */
function showMark(node, mark) {
  const glyph = element("span", "glyph", mark.glyph);
  glyph.setAttribute("aria-hidden", "true");
  node.replaceChildren(glyph, element("span", "word", mark.word));
  node.dataset.state = mark.state;
}

/** A button that folds a panel out and in. */
class Fold {
  constructor(id, className) {
    this.button = element("button", className);
    this.button.type = "button";
    this.label = element("span", "label");
    this.button.append(this.label, arrow());
    this.panel = element("div", "panel");
    this.panel.id = id;
    this.button.setAttribute("aria-controls", id);
    this.button.addEventListener("click", () => this.open(this.panel.hidden));
    this.open(false);
  }

  open(isOpen) {
    this.panel.hidden = !isOpen;
    this.button.setAttribute("aria-expanded", String(isOpen));
  }
}

function arrow() {
  const node = element("span", "arrow");
  node.setAttribute("aria-hidden", "true");
  return node;
}

/** A mark that folds out what it rests on. */
class Badge extends Fold {
  constructor(id) {
    super(id, "badge");
    this.panel.classList.add("evidence");
    this.shown = "";
  }

  update({ mark, evidence, note }, label) {
    this.button.hidden = !mark;
    if (!mark) return;
    showMark(this.label, mark);
    this.button.dataset.state = mark.state;
    this.button.setAttribute("aria-label", label);
    const shown = JSON.stringify([evidence, note]);
    if (shown === this.shown) return;
    this.shown = shown;
    this.panel.replaceChildren(...evidence.map(checkLine));
    if (note) this.panel.append(element("p", "note", note));
  }
}

function checkLine(check) {
  const head = element("div", "check-head", markNode(check.mark), element("span", "method", check.method));
  const claim = element("div", "claim", formula(check.claim, false));
  const why = new Prose();
  why.update(check.message, false);
  return element("div", "check", head, check.claim ? claim : null, check.message ? why.node : null);
}

function markNode(mark) {
  const node = element("span", "mark");
  showMark(node, mark);
  return node;
}

class StepCard {
  constructor(card) {
    this.number = element("span", "number");
    this.number.setAttribute("aria-hidden", "true");
    this.title = element("h2", "unseen");
    this.badge = new Badge(`evidence-${card.key}`);
    this.prose = new Prose();
    const body = element("div", "body", this.title, this.prose.node, this.badge.button, this.badge.panel);
    this.node = element("article", "card step", this.number, body);
    this.update(card);
  }

  update(card) {
    this.number.textContent = card.number;
    this.title.textContent = card.title;
    this.prose.update(card.text, card.is_open);
    this.badge.update(card, card.label);
    this.node.dataset.state = card.mark?.state ?? "open";
    this.node.classList.toggle("is-open", card.is_open);
  }
}

class AnswerCard {
  constructor(card) {
    this.title = element("h2", "title");
    this.formula = element("div", "answer-formula");
    this.badge = new Badge(`evidence-${card.key}`);
    this.sentence = element("p", "sentence");
    const head = element("header", "", this.title, this.badge.button);
    this.node = element("article", "card answer", head, this.formula, this.sentence, this.badge.panel);
    this.update(card);
  }

  update(card) {
    this.title.textContent = card.title;
    if (card.latex !== this.latex) this.formula.replaceChildren(formula(card.latex, true));
    this.latex = card.latex;
    this.sentence.textContent = card.sentence;
    this.badge.update(card, card.label);
    this.node.dataset.state = card.mark?.state ?? "open";
  }
}

class TextCard {
  constructor(card) {
    this.title = element("h2", "title");
    this.prose = new Prose();
    this.node = element("article", "card text", this.title, this.prose.node);
    this.update(card);
  }

  update(card) {
    this.title.textContent = card.title;
    this.title.hidden = !card.title;
    this.prose.update(card.text, card.is_open);
  }
}

class FoldCard {
  constructor(card) {
    this.fold = new Fold(`fold-${card.key}`, "fold");
    this.note = new Prose();
    this.note.node.classList.add("reason");
    this.proses = [];
    this.node = element("article", "card folded", this.fold.button, this.note.node, this.fold.panel);
    this.node.dataset.look = card.look;
    this.update(card);
  }

  update(card) {
    this.fold.label.textContent = card.title;
    this.note.update(card.note, false);
    card.texts.forEach((text, i) => {
      if (!this.proses[i]) {
        this.proses.push(new Prose());
        this.fold.panel.append(this.proses[i].node);
      }
      this.proses[i].update(text, card.is_open);
    });
  }
}

class WelcomeCard {
  constructor(card) {
    this.node = element("article", "welcome");
    this.update(card);
  }

  update(card) {
    const moon = element("div", "moon");
    moon.setAttribute("aria-hidden", "true");
    const rows = card.legend.map(({ mark, text }) => element("li", "", markNode(mark), element("span", "", text)));
    const lead = element("p", "lead", card.text);
    this.node.replaceChildren(moon, element("h1", "", card.title), lead, element("ul", "legend", ...rows));
  }
}

const CARDS = { StepCard, AnswerCard, TextCard, FoldCard, WelcomeCard };
