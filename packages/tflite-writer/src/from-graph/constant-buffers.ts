// The data of constants as file buffers, equal data once.
import type { DataType, TensorData } from '@wherry/graph';

/** Lives as long as one model is being put together. Buffer 0 is the empty one that all other tensors refer to. */
export class ConstantBuffers {
  readonly #buffers: { readonly data?: Uint8Array }[] = [{}];
  #elementless: number | undefined;
  readonly #byHash = new Map<number, number[]>();

  get buffers(): readonly { readonly data?: Uint8Array }[] {
    return this.#buffers;
  }

  /** Index of a buffer with this data. A constant without elements has an empty one that is not 0: that one says "no constant". */
  add(data: TensorData, dtype: DataType): number {
    const bytes = fileBytes(data, dtype);
    if (bytes.byteLength === 0) return (this.#elementless ??= this.#buffers.push({}) - 1);
    const hash = hashOf(bytes);
    const candidates = this.#byHash.get(hash) ?? [];
    const known = candidates.find((index) => sameBytes(this.#buffers[index]!.data!, bytes));
    if (known !== undefined) return known;
    const index = this.#buffers.push({ data: bytes }) - 1;
    this.#byHash.set(hash, [...candidates, index]);
    return index;
  }
}

/** Little-endian elements; two 4-bit elements to a byte, the first in the low half. */
function fileBytes(data: TensorData, dtype: DataType): Uint8Array {
  if (dtype !== 'int4') return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const packed = new Uint8Array(Math.ceil(data.length / 2));
  data.forEach((value: number | bigint, i: number) => {
    packed[i >> 1]! |= (Number(value) & 0xf) << (4 * (i & 1));
  });
  return packed;
}

/** FNV-1a, to find candidates for equality. */
function hashOf(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash;
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.byteLength === b.byteLength && a.every((byte, i) => byte === b[i]);
}
