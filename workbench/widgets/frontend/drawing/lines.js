// The kinds of line that tell codes of one colour apart: single or double, whole or with
// dots between long dashes. The same under the words, in the margin and in the swatch. A
// suggestion has none of them: it is evenly dashed, whatever its code.

const DASH = 14;
const DOT = 3;
const GAP = 3;

// A rhythm along the line, in pixels, from ink to gap and again.
function rhythm(angle, ink, { dots }, dash = DASH, dot = DOT, gap = GAP) {
  if (!dots) return `linear-gradient(${ink} 0 0)`;
  const parts = [dash, ...Array(dots).fill(dot)];
  const stops = [];
  let at = 0;
  for (const part of parts) {
    stops.push(`${ink} ${at}px ${at + part}px`, `transparent ${at + part}px ${at + part + gap}px`);
    at += part + gap;
  }
  return `repeating-linear-gradient(${angle}, ${stops.join(", ")})`;
}

// Under words: one stroke of two pixels, or two of one. Each as [image, rise, height].
export function underline(line, ink) {
  const image = rhythm("90deg", ink, line);
  return line.strokes > 1 ? [[image, 0, "1px"], [image, 2, "1px"]] : [[image, 0, "2px"]];
}

// Beside words, in the margin: the same turned upright.
export function stripe(element, line, ink) {
  upright(element, rhythm("180deg", ink, line), line.strokes, 5, 2);
}

// Before a name: a short piece of the stripe, its dots below its dash.
export function swatchOf(element, line, ink) {
  const dash = SWATCH - line.dots * 3 - 1;
  upright(element, rhythm("180deg", ink, line, line.dots ? dash : SWATCH, 2, 1), line.strokes, 12, 5);
}

const SWATCH = 16;

function upright(element, image, strokes, width, stroke) {
  element.style.background = strokes > 1 ? `${image} left / ${stroke}px 100% no-repeat, ${image} right / ${stroke}px 100% no-repeat` : image;
  element.style.width = strokes > 1 || width > 5 ? `${width}px` : "";
}
