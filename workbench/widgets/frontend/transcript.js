// The transcript pane as Streamlit mounts it. Streamlit calls the default export on
// mounting and again for every change of data or theme; one pane is kept for each place on
// the page and given what arrived.

import { Pane } from "./page/pane.js";

const PANES = new WeakMap();
const SETTLED = 500;

export default function mount(component) {
  const host = component.parentElement.querySelector(".transcript-host");
  if (!host) return undefined;
  let pane = PANES.get(host);
  if (!pane) {
    pane = new Pane(host);
    PANES.set(host, pane);
  }
  pane.receive(component);
  // Streamlit also cleans up when it only calls again, under quick changes; a pane that
  // left then would take focus, selection and the next key press with it.
  return () => setTimeout(() => leaveUnlessShown(host, pane), SETTLED);
}

function leaveUnlessShown(host, pane) {
  if (host.isConnected || PANES.get(host) !== pane) return;
  PANES.delete(host);
  pane.leave();
}
