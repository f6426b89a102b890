// Where somebody was in a transcript and what they had chosen to see, kept in this browser
// for each person and transcript: ids, positions and a coder's name, never words.

const PREFIX = "workbench-reading";
const KEPT = new Map();

export class Remembered {
  constructor(coder, source) {
    this.key = `${PREFIX}:${coder}:${source}`;
  }

  // What was kept last; empty where there is nothing, or nothing that can be read.
  get all() {
    try {
      const kept = JSON.parse(localStorage.getItem(this.key) ?? "null") ?? KEPT.get(this.key);
      return kept && typeof kept === "object" ? kept : {};
    } catch {
      return KEPT.get(this.key) ?? {};
    }
  }

  keep(changes) {
    const next = { ...this.all, ...changes };
    // Where storage is blocked, it lasts as long as the page.
    KEPT.set(this.key, next);
    try {
      localStorage.setItem(this.key, JSON.stringify(next));
    } catch {
      // As said.
    }
  }

  // Where the reader now is, and how far down they have been.
  note({ painting, scroller }) {
    if (!painting.source || !scroller.isConnected) return;
    // Before the page is laid out everything seems to be in view.
    if (scroller.clientHeight > window.innerHeight) return;
    const place = painting.topPlace(scroller);
    // Whoever leapt over some turns has not read those.
    const leapt = Math.min(...painting.visible) > this.read;
    const read = leapt ? this.read : Math.max(this.read, painting.lastSeen(scroller));
    if (place !== null) this.keep({ place, read });
  }

  // How many turns, from the first, have been on the screen to their end.
  get read() {
    const { read } = this.all;
    return Number.isInteger(read) && read > 0 ? read : 0;
  }

  get filter() {
    const { codes, coder } = this.all;
    const listed = Array.isArray(codes) ? codes.filter((one) => typeof one === "string") : [];
    return { codes: new Set(listed), coder: typeof coder === "string" ? coder : "" };
  }

  get place() {
    const { place } = this.all;
    return Number.isInteger(place) && place >= 0 ? place : null;
  }
}
