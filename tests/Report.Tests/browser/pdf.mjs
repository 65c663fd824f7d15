// What is on the sheets of a PDF, as far as Chromium's own go: whether any is empty, dark, or has letters in the paper's colour.
import { inflateSync } from "node:zlib";

/** One entry per sheet: how many letters it has, how many of them in nearly white alone, and which dark rectangles cover much of it. */
export function sheetsOf(bytes) {
  const objects = objectsOf(bytes.toString("latin1"));
  const contents = ({ words }) => objects.get(Number(/\/Contents (\d+) 0 R/.exec(words)[1]));
  return [...objects.values()].filter(({ words }) => /\/Type\s*\/Page\b/.test(words)).map((page) => {
    const [, , width, height] = /\/MediaBox\s*\[([^\]]*)\]/.exec(page.words)[1].trim().split(/\s+/).map(Number);
    const stream = contents(page);
    const drawn = /\/FlateDecode/.test(stream.words) ? inflateSync(Buffer.from(stream.data, "latin1")).toString("latin1") : stream.data;
    return sheetOf(drawn, width * height);
  });
}

/** Every object by its number: its words, and its stream's bytes where it has one. */
function objectsOf(file) {
  const found = new Map();
  const begin = /(\d+) 0 obj\b/g;
  for (let match = begin.exec(file); match; match = begin.exec(file)) {
    const [from, end, stream] = [begin.lastIndex, file.indexOf("endobj", begin.lastIndex), file.indexOf("stream\n", begin.lastIndex)];
    if (stream < 0 || stream > end) {
      found.set(Number(match[1]), { words: file.slice(from, end), data: "" });
      continue;
    }
    const words = file.slice(from, stream);
    const [at, length] = [stream + "stream\n".length, Number(/\/Length (\d+)/.exec(words)[1])];
    found.set(Number(match[1]), { words, data: file.slice(at, at + length) });
    begin.lastIndex = at + length;
  }
  return found;
}

const dark = (colour) => colour.every((part) => part < 0.4);
const white = (colour) => colour.every((part) => part > 0.9);

function sheetOf(drawn, area) {
  const sheet = { texts: 0, pale: 0, dark: [] };
  let state = { scale: 1, colour: [0, 0, 0] };
  let [operands, rectangle, edge] = [[], 0, { at: "", texts: 0 }];
  const kept = [];
  for (const [token] of drawn.matchAll(/\((?:\\[\s\S]|[^\\)])*\)|<[0-9A-Fa-f\s]*>|[\[\]]|\/[^\s[\]<>()/]*|[^\s[\]<>()/]+/g)) {
    if (/^[-+.\d]|^[[\]/(<]/.test(token)) {
      operands.push(token);
      continue;
    }
    const numbers = operands.map(Number);
    switch (token) {
      case "q": kept.push({ ...state }); break;
      case "Q": state = kept.pop() ?? state; break;
      case "cm": state.scale *= Math.abs(numbers[0] * numbers[3] - numbers[1] * numbers[2]); break;
      case "rg": state.colour = numbers; break;
      case "g": state.colour = [numbers[0], numbers[0], numbers[0]]; break;
      case "re": rectangle = Math.abs(numbers[2] * numbers[3]) * state.scale; break;
      case "n": rectangle = 0; break;
      case "f": case "f*":
        if (rectangle > 0.02 * area && dark(state.colour)) sheet.dark.push(`${Math.round(100 * rectangle / area)} %`);
        rectangle = 0;
        break;
      case "Tm":
        // A white edge lies under letters that are then drawn in the same place.
        if (edge.at !== operands.join(" ")) sheet.pale += edge.texts;
        edge = { at: operands.join(" "), texts: 0 };
        break;
      case "Tj": case "TJ":
        sheet.texts++;
        if (white(state.colour)) edge.texts++;
        break;
      default:
    }
    operands = [];
  }
  sheet.pale += edge.texts;
  return sheet;
}
