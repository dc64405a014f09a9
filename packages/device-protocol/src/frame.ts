// A frame: a header, a body, a checksum, stuffed and between two zeros.
import { stuff, stuffedBytes, unstuff } from './cobs.js';
import { crc32c } from './crc32c.js';
import { decodeFields, encodeFields, fieldsBytes, type ValuesOf } from './fields.js';
import { header, limits } from './message-table.js';

export interface Frame extends ValuesOf<typeof header> {
  /** The fields of the message, then the data where the frame carries some. */
  readonly body: Uint8Array;
}

export const headerBytes = fieldsBytes(header);
const checksumBytes = 4;

/** Bytes of a frame without its body, on the line, where stuffing adds one. */
export const frameOverhead = 2 + 1 + headerBytes + checksumBytes;

/** The most bytes between two zeros that can be a frame. */
export const longestStuffed = stuffedBytes(headerBytes + limits.fieldBytes + limits.dataBytes + checksumBytes);

/** As it goes onto the line. The zero in front ends whatever was printed before. Throws RangeError for what no frame can hold. */
export function encodeFrame(frame: Frame): Uint8Array {
  const { body } = frame;
  if (body.length > limits.fieldBytes + limits.dataBytes) throw new RangeError(`a body of ${body.length} bytes`);
  const plain = new Uint8Array(headerBytes + body.length + checksumBytes);
  plain.set(encodeFields(header, frame));
  plain.set(body, headerBytes);
  const checked = headerBytes + body.length;
  new DataView(plain.buffer).setUint32(checked, crc32c(plain, checked), true);
  const stuffed = stuff(plain);
  const line = new Uint8Array(stuffed.length + 2);
  line.set(stuffed, 1);
  return line;
}

/** The fewest bytes between two zeros that can be a frame. */
export const shortestStuffed = 1 + headerBytes + checksumBytes;

const plain = new Uint8Array(longestStuffed);
const view = new DataView(plain.buffer);

/** The first `length` bytes, as they stood between two zeros; null where they are no frame. */
export function decodeFrame(stuffed: Uint8Array, length: number): Frame | null {
  if (length < shortestStuffed || length > longestStuffed) return null;
  const checked = unstuff(stuffed, length, plain) - checksumBytes;
  if (checked < headerBytes || view.getUint32(checked, true) !== crc32c(plain, checked)) return null;
  return { ...decodeFields(header, plain.subarray(0, headerBytes)).values, body: plain.slice(headerBytes, checked) };
}
