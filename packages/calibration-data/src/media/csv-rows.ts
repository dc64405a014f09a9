// Reads delimited text row by row, quoted cells included (RFC 4180), from a stream of bytes.
import { limits } from '../limits.js';
import { refuse } from '../refuse.js';

export interface CsvRow {
  /** Line of the file on which the row begins, from 1. */
  readonly line: number;
  /** Set where lines without any text stand before it. */
  readonly afterBlank?: true;
  readonly cells: readonly string[];
}

export async function* csvRows(
  chunks: AsyncIterable<Uint8Array>,
  delimiter: string,
  where: string,
): AsyncGenerator<CsvRow> {
  const decoder = new TextDecoder('utf-8');
  const parser = new CsvParser(delimiter, where);
  let first = true;
  for await (const chunk of chunks) {
    if (first) refuseOtherEncodings(chunk, where);
    first = false;
    yield* parser.feed(decoder.decode(chunk, { stream: true }));
  }
  yield* parser.feed(decoder.decode());
  yield* parser.end();
}

/** UTF-16, as Excel writes "Unicode text": its marks, or the zero that every second byte of a number is. */
function refuseOtherEncodings(chunk: Uint8Array, where: string): void {
  const [a, b] = chunk;
  const marked = (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff);
  if (!marked && !chunk.subarray(0, 4096).includes(0)) return;
  refuse('DATA_MALFORMED', {
    what: marked ? 'this is text in UTF-16' : 'bytes of zero are in it, as in UTF-16 or in no text at all',
    where,
    next: 'save it as UTF-8 (in Excel: CSV UTF-8), or give the format that it has',
  });
}

/** Class names with a byte that is no UTF-8 would stand in the firmware with a sign in the place of a letter. */
export function requireReadable(names: Iterable<string>, where: string): void {
  for (const name of names) {
    if (!name.includes('\ufffd')) continue;
    refuse('DATA_MALFORMED', {
      what: `the class name "${name}" is not in UTF-8`,
      where,
      next: 'save the table as UTF-8 (in Excel: CSV UTF-8); it seems to be in the letters of an older Windows',
    });
  }
}

/** Holds one unfinished row between chunks. */
class CsvParser {
  readonly #delimiter: string;
  readonly #where: string;
  #cells: string[] = [];
  #cell = '';
  #line = 1;
  #rowLine = 1;
  /** `after`: behind a closing quote, where another quote is an escaped one. */
  #state: 'plain' | 'quoted' | 'after' = 'plain';
  #afterReturn = false;
  #rows = 0;
  #blank = false;

  constructor(delimiter: string, where: string) {
    this.#delimiter = delimiter;
    this.#where = where;
  }

  *feed(text: string): Generator<CsvRow> {
    for (let i = 0; i < text.length; i++) {
      const character = text[i]!;
      const lineEnd = character === '\n' || character === '\r';
      const secondOfPair = character === '\n' && this.#afterReturn;
      this.#afterReturn = character === '\r';
      if (lineEnd && !secondOfPair) this.#line++;
      if (this.#state === 'quoted') {
        if (character === '"') this.#state = 'after';
        else this.#append(character);
      } else if (character === '"' && this.#state === 'after') {
        this.#append('"');
        this.#state = 'quoted';
      } else if (character === this.#delimiter) {
        this.#endCell();
      } else if (lineEnd) {
        if (!secondOfPair) yield* this.#endRow();
        this.#rowLine = this.#line;
      } else if (character === '"' && this.#cell.trim() === '') {
        this.#cell = '';
        this.#state = 'quoted';
      } else if (this.#state === 'after' && character.trim() !== '') {
        this.#broken('text follows a closing quote');
      } else if (this.#state === 'plain') {
        this.#append(character);
      }
    }
  }

  *end(): Generator<CsvRow> {
    if (this.#state === 'quoted') this.#broken('a quoted cell is not closed');
    yield* this.#endRow();
  }

  #append(character: string): void {
    if (this.#cell.length >= limits.cellCharacters)
      this.#tooLarge(`a cell is longer than ${limits.cellCharacters} characters`);
    this.#cell += character;
  }

  #endCell(): void {
    if (this.#cells.length >= limits.columns) this.#tooLarge(`a row has more than ${limits.columns} cells`);
    this.#cells.push(this.#cell);
    this.#cell = '';
    this.#state = 'plain';
  }

  /** Rows without any text are skipped. */
  *#endRow(): Generator<CsvRow> {
    const empty = this.#cells.length === 0 && this.#cell.trim() === '' && this.#state === 'plain';
    this.#endCell();
    if (empty) this.#blank = this.#rows > 0;
    else {
      yield { line: this.#rowLine, cells: this.#cells, ...(this.#blank && { afterBlank: true }) };
      this.#rows++;
      this.#blank = false;
    }
    this.#cells = [];
  }

  #broken(what: string): never {
    refuse('DATA_MALFORMED', {
      what,
      where: `${this.#where}, line ${this.#line}, column ${this.#cells.length + 1}`,
      next: 'repair the quotes of this row',
    });
  }

  #tooLarge(what: string): never {
    refuse('DATA_TOO_LARGE', {
      what,
      where: `${this.#where}, line ${this.#line}`,
      next: 'check the delimiter and the quotes',
    });
  }
}
