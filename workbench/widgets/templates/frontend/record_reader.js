// The transcript beside a record: read, searched, and its coded passages added to the
// answer that is open with one click. Words of people only ever become text nodes.

import { ReaderView } from "./reader_view.js";

const views = new WeakMap();

export default function ({ data, parentElement, setStateValue }) {
  let view = views.get(parentElement);
  if (!view) {
    view = new ReaderView(parentElement.querySelector(".record-reader-host"));
    views.set(parentElement, view);
  }
  view.tell = (asked) => setStateValue("asked", asked);
  view.receive(data);
}
