// The transcript pane as Streamlit mounts it. Streamlit calls the default export on
// mounting and again for every change of data or theme, without cleaning up between, so
// one pane is kept for each place on the page and given what arrived.

import { Pane } from "./pane.js";

const PANES = new WeakMap();

export default function mount(component) {
  const host = component.parentElement.querySelector(".wb-transcript");
  if (!host) return undefined;
  let pane = PANES.get(host);
  if (!pane) {
    pane = new Pane(host);
    PANES.set(host, pane);
  }
  pane.receive(component);
  return () => {
    pane.leave();
    PANES.delete(host);
  };
}
