// Reads the root of a FlexBuffer and makes sure that nothing it leads to lies outside of its bytes.
// Format: FlatBuffers, docs, "FlexBuffers"; the names of types are those of flexbuffers.h.

export interface FlexbufferRoot {
  /** Of a map, in the file's order. */
  readonly keys: readonly string[] | undefined;
  /** Whole and real numbers, and truth values as 0 and 1; undefined for anything else. */
  readonly values: readonly (number | undefined)[];
}

const types = {
  null: 0,
  int: 1,
  uint: 2,
  float: 3,
  key: 4,
  string: 5,
  map: 9,
  vector: 10,
  blob: 25,
  bool: 26,
} as const;
/** Numbers that stand somewhere else. */
const indirect: ReadonlySet<number> = new Set([6, 7, 8]);
/** Vectors of one type of number: with a length in front, and of 2, 3 or 4 without. */
const numbersWithLength: ReadonlySet<number> = new Set([11, 12, 13, 36]);
const vectorsOfKeys: ReadonlySet<number> = new Set([14, 15]);
const isTuple = (type: number): boolean => type >= 16 && type <= 24;

const mostDepth = 32;

/** The root, a map or an untyped vector; or what is wrong, in words. */
export function readFlexbuffer(bytes: Uint8Array): FlexbufferRoot | string {
  try {
    return new FlexbufferReader(bytes).root();
  } catch (error) {
    if (error instanceof FlexbufferFault) return error.message;
    throw error;
  }
}

class FlexbufferFault extends Error {}

/** Lives for one buffer. `visits` keeps buffers whose parts refer to each other over and over from taking for ever. */
class FlexbufferReader {
  readonly #view: DataView;
  #visits: number;

  constructor(private readonly bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#visits = 8 * bytes.byteLength;
  }

  root(): FlexbufferRoot {
    const size = this.bytes.byteLength;
    if (size < 3) throw new FlexbufferFault(`${size} bytes are too few`);
    const [packed, parentWidth] = [this.bytes[size - 2]!, this.#width(this.bytes[size - 1]!)];
    const type = packed >> 2;
    if (type !== types.map && type !== types.vector)
      throw new FlexbufferFault('the root is neither a map nor a vector');
    const at = this.#follow(size - 2 - parentWidth, parentWidth);
    const width = 1 << (packed & 3);
    const values = this.#elements(at, width, 0);
    return { keys: type === types.map ? this.#keys(at, width, values.length) : undefined, values };
  }

  /** The untyped vector at `at`, whose length stands in front and whose types stand behind. */
  #elements(at: number, width: number, depth: number): (number | undefined)[] {
    const length = this.#length(at, width);
    this.#need(at + length * width, length);
    return Array.from({ length }, (_, i) =>
      this.#value(at + i * width, width, this.bytes[at + length * width + i]!, depth + 1),
    );
  }

  /** A map has, before its length: where its keys are, and how wide they are. */
  #keys(at: number, width: number, count: number): string[] {
    const keys = this.#follow(at - 3 * width, width);
    const keyWidth = this.#width(this.#unsigned(at - 2 * width, width));
    const length = this.#length(keys, keyWidth);
    if (length !== count) throw new FlexbufferFault(`${length} keys go with ${count} values`);
    return Array.from({ length }, (_, i) => this.#key(this.#follow(keys + i * keyWidth, keyWidth)));
  }

  #value(at: number, parentWidth: number, packed: number, depth: number): number | undefined {
    if (depth > mostDepth || --this.#visits < 0)
      throw new FlexbufferFault('it is nested too deeply, or repeats itself');
    const [type, width] = [packed >> 2, 1 << (packed & 3)];
    if (type === types.null) return undefined;
    if (type === types.uint || type === types.bool) return this.#unsigned(at, parentWidth);
    if (type === types.int) return this.#signed(at, parentWidth);
    if (type === types.float) return this.#real(at, parentWidth);
    const target = this.#follow(at, parentWidth);
    if (indirect.has(type)) {
      this.#need(target, width);
      if (type === 6) return this.#signed(target, width);
      return type === 7 ? this.#unsigned(target, width) : this.#real(target, width);
    }
    this.#judge(target, type, width, depth);
    return undefined;
  }

  #judge(target: number, type: number, width: number, depth: number): void {
    if (type === types.key) this.#key(target);
    else if (type === types.string) this.#need(target, this.#unsigned(target - width, width) + 1);
    else if (type === types.blob) this.#need(target, this.#unsigned(target - width, width));
    else if (type === types.map) this.#keys(target, width, this.#elements(target, width, depth).length);
    else if (type === types.vector) this.#elements(target, width, depth);
    else if (numbersWithLength.has(type)) this.#length(target, width);
    else if (vectorsOfKeys.has(type)) {
      for (let i = 0; i < this.#length(target, width); i++) this.#key(this.#follow(target + i * width, width));
    } else if (isTuple(type)) this.#need(target, (Math.trunc((type - 16) / 3) + 2) * width);
    else throw new FlexbufferFault(`there is no type ${type}`);
  }

  /** Elements of a vector, all of which are there. */
  #length(at: number, width: number): number {
    const length = this.#unsigned(at - width, width);
    this.#need(at, length * width);
    return length;
  }

  #key(at: number): string {
    const end = this.bytes.indexOf(0, at);
    if (end < 0) throw new FlexbufferFault('a key does not end');
    this.#spend(end - at + 1);
    return new TextDecoder().decode(this.bytes.subarray(at, end));
  }

  #spend(visits: number): void {
    this.#visits -= visits;
    if (this.#visits < 0) throw new FlexbufferFault('its parts refer to each other over and over');
  }

  /** Offsets lead backwards. */
  #follow(at: number, width: number): number {
    const target = at - this.#unsigned(at, width);
    if (target < 0) throw new FlexbufferFault(`byte ${at} leads out of it`);
    return target;
  }

  #unsigned(at: number, width: number): number {
    this.#need(at, width);
    if (width === 8) return Number(this.#view.getBigUint64(at, true));
    return width === 4
      ? this.#view.getUint32(at, true)
      : width === 2
        ? this.#view.getUint16(at, true)
        : this.bytes[at]!;
  }

  #signed(at: number, width: number): number {
    this.#need(at, width);
    if (width === 8) return Number(this.#view.getBigInt64(at, true));
    return width === 4
      ? this.#view.getInt32(at, true)
      : width === 2
        ? this.#view.getInt16(at, true)
        : this.#view.getInt8(at);
  }

  /** Real numbers have four or eight bytes in every known writer. */
  #real(at: number, width: number): number | undefined {
    this.#need(at, width);
    return width === 8 ? this.#view.getFloat64(at, true) : width === 4 ? this.#view.getFloat32(at, true) : undefined;
  }

  #need(at: number, bytes: number): void {
    if (at < 0 || at + bytes > this.bytes.byteLength) throw new FlexbufferFault(`byte ${at} is not in it`);
  }

  #width(width: number): number {
    if (width !== 1 && width !== 2 && width !== 4 && width !== 8)
      throw new FlexbufferFault(`there is no width ${width}`);
    return width;
  }
}
