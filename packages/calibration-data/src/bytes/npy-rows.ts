// The samples of a NumPy array as bytes in C order, one after another, whichever order the file has them in.
import type { Shape } from '@wherry/graph';
import { limits } from '../limits.js';
import { refuse } from '../refuse.js';
import type { ByteReader } from './byte-reader.js';
import type { NpyHeader } from './npy-header.js';

export interface NpyRows {
  /** The next sample, valid until the next call. */
  next(): Promise<Uint8Array>;
}

/** `reader` stands behind the header; `shape` is that of one sample: the array's own, or without its first axis. */
export function npyRows(reader: ByteReader, header: NpyHeader, shape: Shape, where: string): NpyRows {
  const bytes = shape.reduce((product, dimension) => product * dimension, header.type.bytes);
  return header.fortranOrder ? fortranRows(reader, header, shape, where) : { next: () => reader.need(bytes) };
}

/** The values of one sample lie all over the array, so that it is held whole. */
function fortranRows(reader: ByteReader, header: NpyHeader, shape: Shape, where: string): NpyRows {
  if (header.bytes > limits.recordBytes)
    refuse('DATA_TOO_LARGE', {
      what: `the array is in Fortran order and has ${header.bytes} bytes; ${limits.recordBytes} is the most in that order`,
      where,
      next: 'save the array in C order',
    });
  const { bytes } = header.type;
  const whole = shape.length === header.shape.length;
  const places = fortranPlaces(shape, whole ? 1 : header.shape[0]!);
  const sample = new Uint8Array(places.length * bytes);
  let all: Uint8Array | undefined;
  let number = 0;
  return {
    next: async () => {
      all ??= await reader.need(header.bytes);
      for (let i = 0; i < places.length; i++) {
        const from = (places[i]! + number) * bytes;
        for (let b = 0; b < bytes; b++) sample[i * bytes + b] = all[from + b]!;
      }
      number += 1;
      return sample;
    },
  };
}

/** Of each element in C order, where it stands when the first axis changes fastest and steps by `step`. */
function fortranPlaces(shape: Shape, step: number): Uint32Array {
  let places = Uint32Array.of(0);
  let stride = step;
  for (const dimension of shape) {
    const finer = new Uint32Array(places.length * dimension);
    for (let i = 0; i < finer.length; i++) finer[i] = places[Math.floor(i / dimension)]! + (i % dimension) * stride;
    places = finer;
    stride *= dimension;
  }
  return places;
}
