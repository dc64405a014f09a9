// Applies a function of one stored value to a whole tensor.

const unknown = -32768;

/** Each of the 256 values is computed at most once. */
export function mapInt8(source: Int8Array, result: Int8Array, f: (value: number) => number): void {
  const table = new Int16Array(256).fill(unknown);
  for (let i = 0; i < source.length; i++) {
    const place = source[i]! + 128;
    if (table[place] === unknown) table[place] = f(source[i]!);
    result[i] = table[place]!;
  }
}

export function mapInt16(source: Int16Array, result: Int16Array, f: (value: number) => number): void {
  for (let i = 0; i < source.length; i++) result[i] = f(source[i]!);
}
