// Who has the focus, and with it the keys. The pane takes it when it opens and nobody needs
// it, keeps it over a redrawn page, and never takes it from a field.

// The links that lead from page to page: whoever followed one has arrived.
const LINKS = "[data-testid=stSidebarNav], [data-testid=stPageLink]";
// The page as a whole, or a part of it that answers no key of its own.
const NOTHING = "html, body, [data-testid=stMain], [data-testid=stApp]";
// Streamlit's own notice, over all the page. The pane says itself that nothing could be
// saved, keeps what is done and sends it later: nobody has to stop for that.
const NOTICE = "Connection error";
const FIELDS = "input, textarea, select, [contenteditable=true]";

export class Focus {
  constructor(pane) {
    this.pane = pane;
    this.wasHere = false;
    this.on = ({ target }) => this.note(target);
    for (const what of ["focusin", "pointerdown"]) document.addEventListener(what, this.on);
  }

  leave() {
    for (const what of ["focusin", "pointerdown"]) document.removeEventListener(what, this.on);
  }

  note(target) {
    if (this.isUnderNotice(target)) {
      target.closest("[role=dialog]").querySelector("[aria-label=Close]")?.click();
      return;
    }
    const isHere = this.pane.root.contains(target);
    // What opens over the page gives the focus back when it closes.
    if (isHere || !target.closest?.("[role=dialog]")) this.wasHere = isHere;
  }

  // Whether a notice of a lost connection took the focus from the pane, without anybody's
  // wish; keys are still for the pane then.
  isUnderNotice(held) {
    const title = held?.closest?.("[role=dialog]")?.querySelector("[slot=title]");
    return this.wasHere && title?.textContent === NOTICE;
  }

  // What goes from the page takes the focus along, and with it every key.
  keep() {
    if (this.wasHere && document.activeElement === document.body) this.take();
  }

  take() {
    this.pane.scroller.focus({ preventScroll: true });
  }

  // When a transcript opens. A field keeps the focus, and so does what somebody reached by
  // keys, except for the link that led here.
  begin() {
    const held = document.activeElement;
    if (held?.matches(FIELDS) || document.querySelector("[aria-modal=true]:not([hidden])")) return;
    const isReached = !held?.matches(NOTHING) && held?.matches(":focus-visible") && !held.closest(LINKS);
    if (!isReached) this.take();
  }

  // A key pressed while nothing on the page has the focus is for the pane.
  takeIfNobodyHas() {
    const held = document.activeElement;
    const isShown = this.pane.root.isConnected && this.pane.root.getClientRects().length > 0;
    if (isShown && (!held || held.matches(NOTHING))) this.take();
  }
}
