// What stands between two zeros of a line: frames, what is left of them, and text.
import {
  decodeFrame,
  headerBytes,
  longestStuffed,
  messages,
  protocolVersion,
  shortestStuffed,
} from '@wherry/device-protocol';

export function isFrame(segment: Uint8Array): boolean {
  return decodeFrame(segment, segment.length) !== null;
}

export function framesIn(bytes: Uint8Array): number {
  return segmentsOf(bytes).filter(isFrame).length;
}

/** As long as frames may be, give or take what was put in or lost, and none. */
export function damagedSegments(bytes: Uint8Array): readonly Uint8Array[] {
  const slack = 2;
  return segmentsOf(bytes).filter(
    (segment) =>
      segment.length >= shortestStuffed - slack &&
      segment.length <= longestStuffed &&
      !isFrame(segment) &&
      !isText(segment),
  );
}

const types: ReadonlySet<number> = new Set(Object.values(messages).map(({ type }) => type));

/** Segments that begin as replies do whose bytes have lost their top bits. */
export function headersIn(sevenBits: Uint8Array): number {
  return segmentsOf(sevenBits).filter((segment) => {
    const [version, type, , , , , offset2, offset3] = unstuffedStart(segment);
    return version === protocolVersion && types.has(type!) && offset2 === 0 && offset3 === 0;
  }).length;
}

/** Between two zeros: what stands before the first and behind the last is cut off somewhere. */
function segmentsOf(bytes: Uint8Array): readonly Uint8Array[] {
  const segments: Uint8Array[] = [];
  for (let start = bytes.indexOf(0); start >= 0;) {
    const end = bytes.indexOf(0, start + 1);
    if (end > start + 1) segments.push(bytes.subarray(start + 1, end));
    start = end;
  }
  return segments;
}

/** The header, as far as its runs are short. */
function unstuffedStart(segment: Uint8Array): readonly number[] {
  const plain: number[] = [];
  for (let at = 0; at < segment.length && plain.length < headerBytes;) {
    const next = at + segment[at]!;
    plain.push(...segment.subarray(at + 1, next), 0);
    at = next;
  }
  return plain;
}

function isText(segment: Uint8Array): boolean {
  return segment.every((byte) => (byte >= 0x20 && byte < 0x7f) || (byte >= 9 && byte <= 13));
}
