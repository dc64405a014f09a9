// What a device says beside frames: the last of it, as text that no terminal stumbles over, and what it tells.
import { printable } from '@wherry/graph';
import { requestsShown } from './terminal-echo.js';

const keptBytes = 16_384;
const shownLines = 12;
const shownCharacters = 200;
/** Lines of boot loaders and of programs that end in a fault. */
const startWords = /\b(boot|rst|reset|panic|abort|guru|fault|start|brownout|watchdog|ets)/i;

export class Heard {
  #kept = Buffer.alloc(0);
  /** Bytes that are neither frames nor text: frames that a bad line has damaged. */
  noise = 0;
  /** When some came for the last time. */
  noiseAt = -Infinity;

  /** Whether it is noise. */
  take(bytes: Uint8Array, now: number): boolean {
    this.#kept = Buffer.concat([this.#kept, bytes]).subarray(-keptBytes);
    if (isText(bytes)) return false;
    this.noise += bytes.length;
    this.noiseAt = now;
    return true;
  }

  /** The last lines that can be read, without escape sequences and control codes; of a long one the beginning. */
  lines(most = shownLines): readonly string[] {
    return this.#all()
      .filter(({ readable }) => readable)
      .slice(-most)
      .map(({ text }) => (text.length > shownCharacters ? `${text.slice(0, shownCharacters)}...` : text));
  }

  /** How often that text was heard of late. */
  count(text: string): number {
    return this.#kept.toString('latin1').split(text).length - 1;
  }

  /** Requests that a terminal on the way shows as it is given them. */
  requestsShown(): number {
    return requestsShown(this.#kept);
  }

  /** What it prints each time that it starts, where it starts again and again; null where it does not. */
  startsAgain(): string | null {
    const counts = new Map<string, number>();
    for (const { text: line } of this.#all()) counts.set(line, (counts.get(line) ?? 0) + 1);
    const again = [...counts].find(([line, count]) => count >= 3 && startWords.test(line));
    return again?.[0] ?? null;
  }

  #all(): readonly Line[] {
    const text = new TextDecoder().decode(this.#kept);
    // CSI sequences as a whole; of others what is left over is harmless.
    const plain = text.replace(/\u001b\[[0-?]*[ -/]*[@-~]/g, '');
    return plain
      .split(/[\r\n]+/)
      .map((line) => ({ text: printable(line).trim(), readable: isReadable(line) }))
      .filter(({ text: shown }) => shown !== '');
  }
}

interface Line {
  readonly text: string;
  /** Frames, and text at another speed, are not. */
  readonly readable: boolean;
}

/** Few of its characters are control codes, or no characters at all. */
function isReadable(line: string): boolean {
  const strange = [...line].filter((one) => one === '\ufffd' || (one < ' ' && one !== '\t') || one === '\u007f').length;
  return strange <= line.length / 3;
}

function isText(bytes: Uint8Array): boolean {
  const plain = bytes.filter(
    (byte) => (byte >= 0x20 && byte < 0x7f) || byte === 9 || byte === 10 || byte === 13,
  ).length;
  return plain >= 0.9 * bytes.length;
}
