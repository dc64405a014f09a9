// Decodes WAV: PCM of 8, 16, 24 or 32 bits and float of 32 bits, values as they are stored (8 bits centred on 0).
import { numericTypes, readNumbers } from '../bytes/numeric-type.js';
import { refuse } from '../refuse.js';

export interface Wave {
  readonly sampleRate: number;
  readonly channels: number;
  /** In words, such as `24 bits`. */
  readonly encoding: string;
  /** The stored value that stands for the greatest loudness: 1 for floats, 32768 for 16 bits. */
  readonly fullScale: number;
  /** Frames of interleaved channels. */
  readonly data: Float32Array;
}

interface Encoding {
  readonly tag: number;
  readonly bits: number;
  readonly channels: number;
  readonly sampleRate: number;
}

export function decodeWave(bytes: Uint8Array, where: string): Wave {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks = listChunks(bytes, view, where);
  const format = chunks.find(({ name }) => name === 'fmt ') ?? malformed('there is no fmt chunk', where);
  const body = chunks.find(({ name }) => name === 'data') ?? malformed('there is no data chunk', where);
  const encoding = readEncoding(view, format, where);
  const { bits, channels, sampleRate } = encoding;
  const frameBytes = (bits / 8) * channels;
  const length = body.length - (body.length % frameBytes);
  return {
    sampleRate,
    channels,
    encoding: encoding.tag === 3 ? `${bits}-bit floats` : `${bits} bits`,
    fullScale: encoding.tag === 3 ? 1 : 2 ** (bits - 1),
    data: readValues(bytes.subarray(body.start, body.start + length), encoding, where),
  };
}

interface Chunk {
  readonly name: string;
  readonly start: number;
  readonly length: number;
}

function listChunks(bytes: Uint8Array, view: DataView, where: string): readonly Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = 12; at + 8 <= bytes.length;) {
    const name = String.fromCharCode(...bytes.subarray(at, at + 4));
    const claimed = view.getUint32(at + 4, true);
    const left = bytes.length - at - 8;
    // Recorders that were cut off leave the largest number as the length of the last chunk.
    const open = name === 'data' && claimed === 0xffffffff;
    if (claimed > left && !open)
      malformed(`the chunk "${name}" at byte ${at} claims ${claimed} bytes and ${left} are left`, where);
    const length = open ? left : claimed;
    chunks.push({ name, start: at + 8, length });
    at += 8 + length + (length % 2);
  }
  return chunks;
}

function readEncoding(view: DataView, { start, length }: Chunk, where: string): Encoding {
  if (length < 16) malformed('the fmt chunk is cut off', where);
  const outer = view.getUint16(start, true);
  // WAVE_FORMAT_EXTENSIBLE keeps the real tag in the first two bytes of its sub-format.
  const tag = outer === 0xfffe && length >= 26 ? view.getUint16(start + 24, true) : outer;
  const channels = view.getUint16(start + 2, true);
  const bits = view.getUint16(start + 14, true);
  if (channels === 0 || channels > 64) malformed(`${channels} channels`, where);
  return { tag, bits, channels, sampleRate: view.getUint32(start + 4, true) };
}

function readValues(bytes: Uint8Array, { tag, bits }: Encoding, where: string): Float32Array {
  if (tag === 3 && bits === 32) return readNumbers(numericTypes.float32, bytes, true);
  if (tag === 1 && bits === 8) return Float32Array.from(bytes, (byte) => byte - 128);
  if (tag === 1 && bits === 16) return readNumbers(numericTypes.int16, bytes, true);
  if (tag === 1 && bits === 32) return readNumbers(numericTypes.int32, bytes, true);
  if (tag === 1 && bits === 24) {
    return Float32Array.from(
      { length: bytes.length / 3 },
      (_, i) => ((bytes[3 * i]! << 8) | (bytes[3 * i + 1]! << 16) | (bytes[3 * i + 2]! << 24)) >> 8,
    );
  }
  return refuse('DATA_TYPE_UNSUPPORTED', {
    what: `WAV of encoding ${tag} with ${bits} bits is not read`,
    where,
    next: 'save it as 16-bit PCM',
  });
}

function malformed(what: string, where: string): never {
  return refuse('DATA_MALFORMED', { what, where, next: 'save the recording again as PCM WAV' });
}
