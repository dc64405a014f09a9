// The orders of access that kernels have.
import type { AccessOrder, AccessStep, ByteRange } from './access-order.js';

/** Bytes of an element of the inputs and of the output. */
export interface ElementBytes {
  readonly read: number;
  readonly written: number;
}

/**
 * Element after element: each is read from the inputs at `walked` before its result is written. Of others, any byte is read at
 * any time.
 */
export function elementwise(
  count: number,
  walked: readonly number[],
  { read, written }: ElementBytes,
  others: readonly { readonly position: number; readonly bytes: number }[] = [],
): AccessOrder {
  const always = others.map(({ position, bytes }) => ({ position, from: 0, to: bytes }));
  return {
    *steps(): Iterable<AccessStep> {
      for (let at = 0; at < count; at++)
        yield {
          reads: [...always, ...walked.map((position) => ({ position, from: at * read, to: (at + 1) * read }))],
          writes: [at * written, (at + 1) * written],
          readsFirst: true,
        };
    },
  };
}

/**
 * Rows that are read whole before they are written element by element, each read once more just before; what is written a second
 * time later in the row changes nothing.
 */
export function rowByRow(rows: number, depth: number, { read, written }: ElementBytes): AccessOrder {
  return {
    *steps(): Iterable<AccessStep> {
      for (let row = 0; row < rows; row++) {
        yield { reads: [{ position: 0, from: row * depth * read, to: (row + 1) * depth * read }], writes: null };
        for (let at = row * depth, end = at + 1; at < (row + 1) * depth; at++, end++)
          yield {
            reads: [{ position: 0, from: at * read, to: end * read }],
            writes: [at * written, end * written],
            readsFirst: true,
          };
      }
    },
  };
}

/** How a window slides over [N,H,W,C] images. Sizes in elements. */
export interface Sliding {
  readonly batches: number;
  readonly inputH: number;
  readonly inputW: number;
  readonly outputH: number;
  readonly outputW: number;
  readonly strideH: number;
  readonly strideW: number;
  readonly top: number;
  readonly left: number;
  /** Rows and columns from the first to the last under the window. */
  readonly reachH: number;
  readonly reachW: number;
}

/** Output pixel after output pixel, each from the input rows under its window. Bytes of a pixel of either. */
export function pixelByPixel(s: Sliding, inputPixel: number, outputPixel: number): AccessOrder {
  return {
    *steps(): Iterable<AccessStep> {
      let at = 0;
      for (let batch = 0; batch < s.batches; batch++)
        for (let y = 0; y < s.outputH; y++)
          for (let x = 0; x < s.outputW; x++) {
            yield { reads: windowRows(s, batch, y, x, inputPixel), writes: [at, at + outputPixel] };
            at += outputPixel;
          }
    },
  };
}

/** Two output pixels after two, whose windows are read before either is written; the last of an odd number by itself. */
export function pairByPair(s: Sliding, inputPixel: number, outputPixel: number): AccessOrder {
  const pixels = s.outputH * s.outputW;
  return {
    *steps(): Iterable<AccessStep> {
      for (let batch = 0; batch < s.batches; batch++)
        for (let first = 0; first < pixels; first += 2) {
          const end = Math.min(first + 2, pixels);
          const reads: ByteRange[] = [];
          for (let at = first; at < end; at++)
            reads.push(...windowRows(s, batch, Math.floor(at / s.outputW), at % s.outputW, inputPixel));
          const writes = [first, end].map((at) => (batch * pixels + at) * outputPixel) as [number, number];
          yield { reads, writes, readsFirst: true };
        }
    },
  };
}

/**
 * Channel after channel, and of each `band` output rows after the other: the input rows that they need are read, as far as
 * they were not before, and then the `multiplier` channels written that come of it.
 */
export function planeByPlane(s: Sliding, channels: number, multiplier: number, band: number): AccessOrder {
  return {
    *steps(): Iterable<AccessStep> {
      for (let batch = 0; batch < s.batches; batch++)
        for (let c = 0; c < channels; c++) {
          let known = -s.top;
          for (let first = 0; first < s.outputH; first += band) {
            const end = Math.min(first + band, s.outputH);
            const needed = (end - 1) * s.strideH - s.top + s.reachH;
            const reads: ByteRange[] = [];
            for (let y = Math.max(0, known); y < Math.min(s.inputH, needed); y++)
              for (let x = 0; x < s.inputW; x++) {
                const at = ((batch * s.inputH + y) * s.inputW + x) * channels + c;
                reads.push({ position: 0, from: at, to: at + 1 });
              }
            known = needed;
            yield { reads, writes: null };
            for (let pixel = first * s.outputW; pixel < end * s.outputW; pixel++) {
              const at = ((batch * s.outputH * s.outputW + pixel) * channels + c) * multiplier;
              yield { reads: [], writes: [at, at + multiplier] };
            }
          }
        }
    },
  };
}

function windowRows(s: Sliding, batch: number, y: number, x: number, pixel: number): ByteRange[] {
  const [top, left] = [y * s.strideH - s.top, x * s.strideW - s.left];
  const [first, last] = [Math.max(0, left), Math.min(s.inputW, left + s.reachW)];
  const rows: ByteRange[] = [];
  for (let iy = Math.max(0, top); iy < Math.min(s.inputH, top + s.reachH) && first < last; iy++) {
    const row = (batch * s.inputH + iy) * s.inputW;
    rows.push({ position: 0, from: (row + first) * pixel, to: (row + last) * pixel });
  }
  return rows;
}
