// The matrix as it was sent: rows, columns, counts, and what is written, by position.

export const WHOLE = -1;
const NOTHING = [0, 0, 0];
const LONG = 150;

// A shape for each state, in the order the states are sent in.
const SHAPES = {
  "Nothing coded": "·",
  "Not in the interview": "⊘",
  "Coded, nothing written": "□",
  "Thin, nothing written": "◔",
  "Written": "■",
  "Written, evidence changed": "▲",
};

export class MatrixContent {
  constructor() {
    this.frame = null;
    this.held = ["", ""];
    this.counts = new Map();
    this.written = new Map();
    this.unsaved = new Map();
  }

  // Whether something is missing that the browser has to ask for.
  receive(sent) {
    if (sent.frame) {
      this.frame = sent.frame;
      this.counts = new Map(sent.frame.counts.map(([r, c, ...count]) => [`${r} ${c}`, count]));
      this.held[0] = sent.frame_version;
    }
    if (sent.written) {
      this.written = new Map(sent.written.cells.map(([r, c, state, text]) => [`${r} ${c}`, { state, text }]));
      this.gaps = sent.written;
      this.held[1] = sent.written_version;
    }
    return this.held[0] !== sent.frame_version || this.held[1] !== sent.written_version;
  }

  keyOf(row, column) {
    return [row === WHOLE ? "" : this.frame.rows[row][0], column === WHOLE ? "" : this.frame.columns[column][0]];
  }

  positionOf(key, code) {
    const row = key === "" ? WHOLE : this.frame.rows.findIndex((one) => one[0] === key);
    const column = code === "" ? WHOLE : this.frame.columns.findIndex((one) => one[0] === code);
    if ((row < 0 && key !== "") || (column < 0 && code !== "")) return null;
    return { row, column };
  }

  // What a cell shows: its words, its state, how much is coded.
  cell(row, column) {
    const key = `${row} ${column}`;
    const [quotations, people, thin] = this.counts.get(key) ?? NOTHING;
    const unsaved = this.unsaved.get(key);
    const written = this.written.get(key);
    let words = "";
    if (written) words = this.frame.states[written.state];
    else if (row === WHOLE || column === WHOLE) words = "No summary";
    else if (quotations) words = thin ? "Thin, nothing written" : "Coded, nothing written";
    else words = "Nothing coded";
    let count = "";
    if (quotations) count = quotations === 1 ? "1 quotation" : `${quotations.toLocaleString("en-GB")} quotations`;
    return {
      text: unsaved?.text ?? written?.text ?? "",
      saving: Boolean(unsaved),
      state: words,
      shape: SHAPES[words] ?? "·",
      count,
      people,
      thin: Boolean(thin) && Boolean(written),
    };
  }

  isLong(text) {
    return text.length > LONG || text.split("\n").length > 4;
  }

  rowName(row) {
    return row === WHOLE ? "Whole column" : this.frame.rows[row][1];
  }

  columnName(column) {
    return column === WHOLE ? "Whole row" : this.frame.columns[column][1];
  }

  hasWords(row) {
    for (let column = WHOLE; column < this.frame.columns.length; column += 1) {
      const key = `${row} ${column}`;
      if (this.written.get(key)?.text || this.unsaved.get(key)?.text) return true;
    }
    return false;
  }
}
