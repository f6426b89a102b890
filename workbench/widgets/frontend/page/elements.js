// Builds elements. Transcript text, names and labels only ever become text nodes or
// attribute values here; nothing in this component reads markup from data.

import { swatchOf } from "../drawing/lines.js";

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") made.className = value;
    else if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

export const button = (attributes, ...children) =>
  element("button", { type: "button", ...attributes }, ...children);

// The key is printed on the button and told to a screen reader once, as a shortcut.
export const keycap = (key) => element("kbd", { class: "pane-key", "aria-hidden": "true" }, key);

export const swatch = (code, theme) => {
  const made = element("span", { class: "pane-swatch", "aria-hidden": "true" });
  swatchOf(made, code.line, code[theme][0]);
  return made;
};

export const counted = (number, one, many = `${one}s`) =>
  `${number.toLocaleString("en-GB")} ${number === 1 ? one : many}`;

// A label for a message: long names are cut on a whole character.
export function shortened(text, most = 60) {
  const characters = Array.from(text);
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join("")}…`;
}
