// One block of the page's data: gzip, base64, inside it a JSON header and columns of numbers. ColumnBlock.cs writes it.

type Kind = "f64" | "i32" | "u16" | "u8";

interface Header {
  values: unknown;
  /** Name, kind and length, in the order in which the columns follow the header. */
  columns: [string, Kind, number][];
}

const width: Record<Kind, number> = { f64: 8, i32: 4, u16: 2, u8: 1 };

/** A missing number of a u16 column. */
export const none16 = 0xffff;

export class Block {
  readonly values: unknown;
  readonly #columns = new Map<string, { kind: Kind; length: number; at: number }>();
  readonly #bytes: Uint8Array;
  readonly #gathered = new Map<string, Uint8Array<ArrayBuffer>>();

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length))) as Header;
    this.values = header.values;
    let at = 4 + length;
    for (const [name, kind, count] of header.columns) {
      this.#columns.set(name, { kind, length: count, at });
      at += count * width[kind];
    }
    if (at !== bytes.length) throw new Error(`A block of ${bytes.length} bytes says that it has ${at}.`);
  }

  f64(name: string): Float64Array {
    return new Float64Array(this.#gather(name, "f64").buffer);
  }

  i32(name: string): Int32Array {
    return new Int32Array(this.#gather(name, "i32").buffer);
  }

  u16(name: string): Uint16Array {
    return new Uint16Array(this.#gather(name, "u16").buffer);
  }

  u8(name: string): Uint8Array {
    return this.#gather(name, "u8");
  }

  /** Columns are stored as planes: first every number's lowest byte, then every next one. That compresses better. */
  #gather(name: string, kind: Kind): Uint8Array<ArrayBuffer> {
    const column = this.#columns.get(name);
    if (column?.kind !== kind) throw new Error(`The block has no ${kind} column ${name}.`);
    const known = this.#gathered.get(name);
    if (known) return known;
    const { length, at } = column;
    const size = width[kind];
    const result = new Uint8Array(length * size);
    for (let plane = 0; plane < size; plane++) {
      const from = at + plane * length;
      for (let i = 0, to = plane; i < length; i++, to += size) result[to] = this.#bytes[from + i]!;
    }
    this.#gathered.set(name, result);
    return result;
  }
}

const read = new Map<string, Promise<Block>>();

/** Whether the page carries a block of this name; one that was unpacked has left the document. */
export const hasBlock = (name: string): boolean => read.has(name) || document.getElementById(`data-${name}`) !== null;

/** Unpacks a block once. Its text is then no longer needed and leaves the page. */
export function readBlock(name: string): Promise<Block> {
  let block = read.get(name);
  if (!block) {
    const element = document.getElementById(`data-${name}`);
    if (!element) throw new Error(`The page has no block ${name}.`);
    block = inflate(decode(element.textContent ?? "")).then((bytes) => new Block(bytes));
    element.remove();
    read.set(name, block);
  }
  return block;
}

/** The whole page is there. The script runs before that: what panels ask for later stands behind it. */
export const wholePage = (): Promise<void> =>
  document.readyState !== "loading" ? Promise.resolve()
    : new Promise((done) => document.addEventListener("DOMContentLoaded", () => done(), { once: true }));

/** What a block that only some pages carry holds, made once; null where the page does not carry it. */
export const once = <T>(name: string, make: (block: Block) => T): (() => Promise<T | null>) => {
  let made: Promise<T | null> | undefined;
  return () => (made ??= wholePage().then(() => (hasBlock(name) ? readBlock(name).then(make) : null)));
};

function decode(text: string): Uint8Array<ArrayBuffer> {
  const native = (Uint8Array as unknown as { fromBase64?: (text: string) => Uint8Array<ArrayBuffer> }).fromBase64;
  if (native) return native(text);
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

export async function inflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
