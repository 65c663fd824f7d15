// What the engine calls: one chat template, rendered for several talks.
import { Environment, Interpreter, parse, tokenize } from "@huggingface/jinja";

// The longest text that one call of the built-in functions may make: whoever bounds the engine's memory is only asked between calls.
const LONGEST = 1 << 22;

const bounded = (type, name, lengthOf) => {
  const own = type.prototype[name];
  type.prototype[name] = function (...given) {
    if (lengthOf(this, ...given) > LONGEST) throw new RangeError("a text grows too long");
    return own.apply(this, given);
  };
};
bounded(String, "repeat", (text, count) => text.length * count);
bounded(Array, "join", (items, between) => items.reduce((sum, item) => sum + String(item ?? "").length, items.length * String(between ?? ",").length));

const refuse = (message) => { throw new Error(message); };

const range = (start, stop, step = 1) => {
  if (stop === undefined) [start, stop] = [0, start];
  if (step === 0) refuse("range() step must not be zero");
  const numbers = [];
  for (let n = start; step > 0 ? n < stop : n > stop; n += step) numbers.push(n);
  return numbers;
};

let program;

export const open = (source) => { program = parse(tokenize(source, { lstrip_blocks: true, trim_blocks: true })); };

// There is no clock: a template that asks for the date gets the one that is given, or finds no such function.
export const render = (context, date) => {
  const environment = new Environment();
  const known = { true: true, True: true, false: false, False: false, none: null, None: null, raise_exception: refuse, range, ...JSON.parse(context) };
  if (date) known.strftime_now = (format) => date(format);
  for (const [name, value] of Object.entries(known)) environment.set(name, value);
  return new Interpreter(environment).run(program).value;
};
