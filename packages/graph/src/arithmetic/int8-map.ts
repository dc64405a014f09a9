// Applies a function of one int8 value to a whole tensor; each of the 256 values is computed at most once.

const unknown = -32768;

export function mapInt8(source: Int8Array, result: Int8Array, f: (value: number) => number): void {
  const table = new Int16Array(256).fill(unknown);
  for (let i = 0; i < source.length; i++) {
    const place = source[i]! + 128;
    if (table[place] === unknown) table[place] = f(source[i]!);
    result[i] = table[place]!;
  }
}
