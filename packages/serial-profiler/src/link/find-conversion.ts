// Which conversion a line makes: the one that, undone, makes frames of what is none.
import { conversions, type Conversion } from './conversions.js';
import { damagedSegments, framesIn, headersIn, isFrame } from './segments.js';

/** So many frames have to come of it, and so great a part of all that are damaged: chance never does it. */
const enough = 3;
const share = 0.5;
/** The last of them; a line that converts is as bad as ever. */
const looked = 40;
/** Longer ones are not searched for what is lost: after some losses frames are short. */
const longest = 80;
/** Newlines in one frame that may each have been another. */
const mostNewlines = 10;

const [feed, carriageReturn, all] = [0x0a, 0x0d, 0xff];

/** Null where damage is none of these. `heard`: the last of what came over the line, as it came. */
export function findConversion(heard: Uint8Array): Conversion | null {
  if (losesTopBits(heard)) return conversions.sevenBits;
  const before = framesIn(heard);
  const damaged = damagedSegments(heard);
  const isCause = (frames: number, of: number): boolean => frames >= enough && frames >= share * of;
  const rewritten = [
    [conversions.lineFeed, withoutSecond(heard, carriageReturn, feed, 'first')],
    [conversions.telnet, withoutSecond(withoutSecond(heard, all, all, 'second'), carriageReturn, 0, 'second')],
  ] as const;
  for (const [conversion, bytes] of rewritten) if (isCause(framesIn(bytes) - before, damaged.length)) return conversion;
  const some = damaged.filter(({ length }) => length <= longest).slice(-looked);
  for (const [conversion, isUndone] of searches)
    if (isCause(some.filter((segment) => isUndone(segment)).length, some.length)) return conversion;
  return null;
}

/** By what is searched for in each damaged frame. */
const searches: readonly (readonly [Conversion, (segment: Uint8Array) => boolean])[] = [
  [conversions.carriageReturn, (segment) => isOtherwise(segment, feed, carriageReturn)],
  [conversions.feedAsReturn, (segment) => isOtherwise(segment, carriageReturn, feed)],
  [conversions.flowControl, (segment) => lacks(segment, [0x11, 0x13], 2)],
  [conversions.lostReturn, (segment) => lacks(segment, [carriageReturn], 2)],
  // The end of a file, interruption, erasure and the like.
  [conversions.terminal, (segment) => lacks(segment, [3, 4, 0x0f, 0x12, 0x15, 0x16, 0x17, 0x1a, 0x1c, 0x7f], 1)],
];

/** Of each pair one is left out. */
function withoutSecond(bytes: Uint8Array, first: number, second: number, left: 'first' | 'second'): Uint8Array {
  const kept: number[] = [];
  for (let at = 0; at < bytes.length; at++) {
    const isPair = bytes[at] === first && bytes[at + 1] === second;
    kept.push(isPair && left === 'first' ? second : bytes[at]!);
    if (isPair) at++;
  }
  return Uint8Array.from(kept);
}

/** Some of these bytes have to be the other for a frame. */
function isOtherwise(segment: Uint8Array, byte: number, other: number): boolean {
  const places = Array.from(segment.keys()).filter((at) => segment[at] === byte);
  if (places.length > mostNewlines) return false;
  const tried = segment.slice();
  for (let chosen = 1; chosen < 1 << places.length; chosen++) {
    places.forEach((at, bit) => (tried[at] = (chosen >> bit) & 1 ? other : byte));
    if (isFrame(tried)) return true;
  }
  return false;
}

/** One of these bytes, or up to `most` of them, put in somewhere, make a frame. */
function lacks(segment: Uint8Array, bytes: readonly number[], most: number, from = 0): boolean {
  const tried = new Uint8Array(segment.length + 1);
  for (const byte of bytes)
    for (let at = from; at <= segment.length; at++) {
      tried.set(segment.subarray(0, at), 0);
      tried[at] = byte;
      tried.set(segment.subarray(at), at + 1);
      if (most === 1 ? isFrame(tried) : isFrame(tried) || lacks(tried, bytes, most - 1, at + 1)) return true;
    }
  return false;
}

/** Every byte has a top bit that the others tell: none, as parity has it, or always; and without it headers are seen. */
function losesTopBits(heard: Uint8Array): boolean {
  const low = heard.map((byte) => byte & 0x7f);
  const rules = [() => 0, () => 1, parity, (seven: number) => 1 - parity(seven)];
  return rules.some((rule) => low.every((seven, at) => heard[at]! >> 7 === rule(seven))) && headersIn(low) >= enough;
}

function parity(seven: number): number {
  let bits = 0;
  for (let rest = seven; rest > 0; rest &= rest - 1) bits ^= 1;
  return bits;
}
