// Inflates gzip and raw deflate as a stream that stops at what is declared or plausible.
import { createGunzip, createInflateRaw } from 'node:zlib';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { WherryError } from '@wherry/graph';
import { limits } from '../limits.js';
import { refuse } from '../refuse.js';

export interface InflateOptions {
  readonly kind: 'gzip' | 'raw';
  /** For messages. */
  readonly name: string;
  readonly compressedBytes: number;
  /** Where the container says it: not a byte more is given out. */
  readonly declaredBytes?: number;
}

export async function* inflate(chunks: AsyncIterable<Uint8Array>, options: InflateOptions): AsyncGenerator<Uint8Array> {
  const engine = options.kind === 'gzip' ? createGunzip({ chunkSize: 65536 }) : createInflateRaw({ chunkSize: 65536 });
  // The pipeline's rejection reaches the reader through the engine; it is not to be reported twice.
  const feeding = pipeline(Readable.from(chunks), engine).catch(() => undefined);
  let total = 0;
  try {
    // What is declared is judged before anything is inflated.
    checkGrowth(options.declaredBytes ?? 0, options);
    for await (const chunk of engine) {
      total += (chunk as Uint8Array).length;
      checkGrowth(total, options);
      yield chunk as Uint8Array;
    }
  } catch (error) {
    if (error instanceof WherryError) throw error;
    refuse(
      'DATA_MALFORMED',
      {
        what: `the compressed data is broken (${(error as NodeJS.ErrnoException).code ?? 'no code'})`,
        where: `${options.name}, after ${total} inflated bytes`,
        next: 'copy or compress the file again',
      },
      error,
    );
  } finally {
    engine.destroy();
    await feeding;
  }
}

function checkGrowth(total: number, options: InflateOptions): void {
  const declared = options.declaredBytes;
  const bomb = total > limits.ratioFreeBytes && total > limits.inflationRatio * options.compressedBytes;
  if (!bomb && (declared === undefined || total <= declared)) return;
  refuse('DATA_EXPANDS_TOO_MUCH', {
    what: bomb
      ? `${options.compressedBytes} bytes have grown to more than ${limits.inflationRatio} times that`
      : `more than the declared ${declared} bytes come out`,
    where: options.name,
    next: 'give the data uncompressed, after making sure that it is what you think it is',
  });
}
