// Where the codes lie: a strip beside the scroll bar with a bar for each passage, in its
// code's colour, as far down as it stands in the text. A click goes there.

import { counted, element } from "../page/elements.js";

const WIDTH = 18;
const LANES = 3;
const LEAST_BAR = 2;

export class Overview {
  constructor(pane) {
    this.pane = pane;
    this.canvas = element("canvas", { class: "pane-overview-bars", role: "img" });
    this.window = element("div", { class: "pane-overview-window", "aria-hidden": "true" });
    this.root = element("div", { class: "pane-overview", title: "Where the codes lie. Click to go there." }, this.canvas, this.window);
    this.root.addEventListener("pointerdown", (event) => this.goTo(event));
    this.root.addEventListener("pointermove", (event) => {
      if (event.buttons) this.goTo(event);
    });
    this.only = null;
  }

  // Turns as high as they are likely to be: measuring thousands would lay them all out.
  measure(source) {
    let at = 0;
    this.tops = source.turns.map((turn) => {
      const top = at;
      at += Math.ceil(turn.text.length / 72) * 28 + 36;
      return top;
    });
    this.height = Math.max(1, at);
    this.source = source;
    // The pane gets its height after the text is there.
    this.watch ??= new ResizeObserver(() => this.drawSoon());
    this.watch.observe(this.pane.scroller);
  }

  // From 0 to 1, down the text.
  depth(position) {
    const index = this.source.turnAt(position);
    const turn = this.source.turns[index];
    const tall = (this.tops[index + 1] ?? this.height) - this.tops[index];
    return (this.tops[index] + tall * Math.min(1, (position - turn.start) / Math.max(1, turn.length))) / this.height;
  }

  drawSoon() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      this.draw();
    });
  }

  draw() {
    if (!this.source || !this.canvas.isConnected) return;
    const { view, theme } = this.pane;
    const tall = this.root.clientHeight;
    const scale = window.devicePixelRatio || 1;
    this.canvas.width = WIDTH * scale;
    this.canvas.height = tall * scale;
    const page = this.canvas.getContext("2d");
    page.scale(scale, scale);
    const lanes = new Map(Array.from(view.codes.keys(), (id, order) => [id, order % LANES]));
    const wide = WIDTH / LANES;
    const bars = [...view.shownSpans, ...view.inOrder].filter((one) => !this.only || one.codeId === this.only);
    for (const one of bars) {
      const isCoding = "isMine" in one;
      const top = this.depth(one.start) * tall;
      const height = Math.max(LEAST_BAR, this.depth(one.end) * tall - top);
      const left = (lanes.get(one.codeId) ?? 0) * wide;
      [page.fillStyle] = view.code(one.codeId)[theme];
      // A suggestion is half as wide: it is unfinished here too.
      page.fillRect(left, top, isCoding ? wide - 1 : (wide - 1) / 2, height);
    }
    this.canvas.setAttribute("aria-label", this.inWords(bars));
    this.showWindow();
  }

  inWords(bars) {
    const coded = bars.filter((one) => "isMine" in one);
    if (!coded.length) return "Where the codes lie: nothing is coded in what is shown.";
    const { turns } = this.source;
    const numbers = coded.map((one) => turns[this.source.turnAt(one.start)].number);
    const [first, last] = [numbers.reduce((a, b) => Math.min(a, b)), numbers.reduce((a, b) => Math.max(a, b))];
    const where = first === last ? `in turn ${first}` : `from turn ${first} to turn ${last}`;
    return `Where the codes lie: ${counted(coded.length, "passage")} ${where}, of ${counted(turns.length, "turn")}. Press a code in the list of codes to go from one of its passages to the next.`;
  }

  // The part of the text that is in view.
  showWindow() {
    const { scrollTop, scrollHeight, clientHeight } = this.pane.scroller;
    const tall = this.root.clientHeight;
    this.window.style.transform = `translateY(${(scrollTop / scrollHeight) * tall}px)`;
    this.window.style.height = `${Math.max(8, (clientHeight / scrollHeight) * tall)}px`;
  }

  goTo(event) {
    event.preventDefault();
    const box = this.root.getBoundingClientRect();
    const wanted = Math.max(0, Math.min(1, (event.clientY - box.top) / Math.max(1, box.height))) * this.height;
    let index = this.tops.findIndex((_, i) => (this.tops[i + 1] ?? Infinity) > wanted);
    index = Math.max(0, index);
    const turn = this.source.turns[index];
    const tall = (this.tops[index + 1] ?? this.height) - this.tops[index];
    const position = Math.min(turn.end - 1, turn.start + Math.floor((turn.length * (wanted - this.tops[index])) / tall));
    this.pane.painting.bringTo(Math.max(turn.start, position), this.pane.scroller);
    this.pane.scroller.focus({ preventScroll: true });
  }

  stop() {
    this.watch?.disconnect();
    cancelAnimationFrame(this.frame);
  }
}
