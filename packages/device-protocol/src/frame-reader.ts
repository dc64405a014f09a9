// Frames out of a stream of bytes that may hold anything: boot logs, noise, gigabytes without an end.
import { decodeFrame, longestStuffed, type Frame } from './frame.js';

export interface LineReader {
  frame(frame: Frame): void;
  /** Bytes between frames that are none: a view that holds during the call only. */
  other(bytes: Uint8Array): void;
}

/** Takes what arrives in any pieces and hands frames on at their last byte. Its memory is two frames', whatever comes. */
export class FrameReader {
  readonly #reader: LineReader;
  /** What may still become a frame. */
  readonly #held = new Uint8Array(longestStuffed);
  #length = 0;
  /** What began too long ago to be a frame. */
  #tooLong = false;
  /** What is no frame, not handed out yet: shreds go together. */
  readonly #other = new Uint8Array(longestStuffed);
  #others = 0;

  constructor(reader: LineReader) {
    this.#reader = reader;
  }

  push(bytes: Uint8Array): void {
    const held = this.#held;
    let length = this.#length;
    for (let at = this.#passOver(bytes, 0); at < bytes.length; at++) {
      const byte = bytes[at]!;
      if (byte === 0) {
        if (length > 0) this.#end(length);
        length = 0;
      } else if (length < held.length) {
        held[length++] = byte;
      } else {
        this.#loose(length);
        length = 0;
        this.#tooLong = true;
        at = this.#passOver(bytes, at);
      }
    }
    this.#length = length;
    this.#handOut();
  }

  /** Hands out the rest of what is too long. Returns where it ends: at the zero. */
  #passOver(bytes: Uint8Array, from: number): number {
    if (!this.#tooLong) return from;
    const zero = bytes.indexOf(0, from);
    const end = zero < 0 ? bytes.length : zero;
    this.#handOut();
    if (end > from) this.#reader.other(bytes.subarray(from, end));
    this.#tooLong = zero < 0;
    return end;
  }

  /** Hands out what may still become a frame, for who has waited long enough. */
  flush(): void {
    this.#loose(this.#length);
    this.#length = 0;
    this.#handOut();
  }

  #end(length: number): void {
    const frame = decodeFrame(this.#held, length);
    if (frame === null) {
      this.#loose(length);
      return;
    }
    this.#handOut();
    this.#reader.frame(frame);
  }

  /** The bytes held are no frame. */
  #loose(length: number): void {
    if (this.#others + length > this.#other.length) this.#handOut();
    for (let at = 0; at < length; at++) this.#other[this.#others++] = this.#held[at]!;
  }

  #handOut(): void {
    const length = this.#others;
    this.#others = 0;
    if (length > 0) this.#reader.other(this.#other.subarray(0, length));
  }
}
