// Changes asked for by number, and sent until the study has answered, each done once.
// Words that were not saved are kept in this window, so that leaving a cell loses none.

const WAYS = "themes-matrix draft";

export class Outbox {
  constructor() {
    this.client = crypto.randomUUID();
    this.sequence = 0;
    this.waiting = [];
  }

  add(operation) {
    this.sequence += 1;
    this.waiting.push({ seq: this.sequence, ...operation });
    return this.sequence;
  }

  // What was answered since, each with the words it was refused with, or "".
  answered({ client, last, refused }) {
    if (client !== this.client) return [];
    const done = this.waiting.filter((one) => one.seq <= last);
    this.waiting = this.waiting.filter((one) => one.seq > last);
    const words = new Map(refused);
    return done.map((one) => ({ operation: one, refused: words.get(one.seq) ?? "" }));
  }
}

function nameOf(matrix, row, column) {
  return JSON.stringify([WAYS, matrix, row, column]);
}

export const drafts = {
  // Where the browser keeps nothing, until the page is left.
  held: new Map(),
  keep(matrix, row, column, draft) {
    const name = nameOf(matrix, row, column);
    this.held.set(name, draft);
    try {
      sessionStorage.setItem(name, JSON.stringify(draft));
    } catch {
      // Full or forbidden: the one above is there.
    }
  },
  of(matrix, row, column) {
    const name = nameOf(matrix, row, column);
    if (this.held.has(name)) return this.held.get(name);
    try {
      return JSON.parse(sessionStorage.getItem(name));
    } catch {
      return null;
    }
  },
  drop(matrix, row, column) {
    const name = nameOf(matrix, row, column);
    this.held.delete(name);
    try {
      sessionStorage.removeItem(name);
    } catch {
      // Nothing was kept there.
    }
  },
};
