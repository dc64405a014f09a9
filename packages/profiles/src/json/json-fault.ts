// Finds the place where a text ceases to be JSON, and what a person has probably written there.

export interface JsonFault {
  /** Index of the character. */
  readonly at: number;
  readonly what: string;
}

const space = /[ \t\r\n]*/y;
const literal = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
/** More open brackets than this are refused on another account. */
const deepest = 10_000;

/** Undefined where the text is JSON. */
export function jsonFault(text: string): JsonFault | undefined {
  return new Scan(text).fault();
}

class Scan {
  private at = 0;

  constructor(private readonly text: string) {}

  /** Brackets are kept in a list, not on the stack: the text may be anything. */
  fault(): JsonFault | undefined {
    const open: ('{' | '[')[] = [];
    let wanted: 'value' | 'first' | 'after' = 'value';
    for (;;) {
      this.skip(space);
      const next = this.text[this.at];
      const inner = open.at(-1);
      if (wanted === 'after') {
        if (inner === undefined) return next === undefined ? undefined : this.found('something stands behind the end');
        this.at++;
        if (next === ',') {
          wanted = 'value';
          this.skip(space);
          if (this.text[this.at] === '}' || this.text[this.at] === ']')
            return { at: this.at, what: `a comma stands before "${this.text[this.at]!}"` };
        } else if (next === (inner === '{' ? '}' : ']')) {
          open.pop();
          continue;
        } else {
          this.at--;
          return this.found(`a comma or "${inner === '{' ? '}' : ']'}" is missing`);
        }
      } else if (wanted === 'first' && next === (inner === '{' ? '}' : ']')) {
        this.at++;
        open.pop();
        wanted = 'after';
        continue;
      }
      if (inner === '{' && !this.key()) return this.missing('a name in double quotes and a colon belong here');
      this.skip(space);
      const opened = this.text[this.at];
      if (opened === '{' || opened === '[') {
        if (open.push(opened) > deepest) return this.found('too many brackets are open');
        this.at++;
        wanted = 'first';
      } else if (this.skip(string) || this.skip(literal)) wanted = 'after';
      else return this.missing('a value belongs here');
    }
  }

  private key(): boolean {
    this.skip(space);
    if (!this.skip(string)) return false;
    this.skip(space);
    if (this.text[this.at] !== ':') return false;
    this.at++;
    return true;
  }

  /** A text that is there and broken: paths of Windows, most often. */
  private missing(what: string): JsonFault {
    return this.text[this.at] === '"'
      ? { at: this.at, what: 'the text in quotes does not end, or holds a backslash that is not doubled' }
      : this.found(what);
  }

  /** What people write who know JavaScript or Python is called by its name. */
  private found(what: string): JsonFault {
    const { at, text } = this;
    const rest = text.slice(at, at + 2);
    if (rest === '') return { at, what: text.trim() === '' ? 'it is empty' : 'it ends in the middle' };
    if (rest === '//' || rest === '/*' || rest[0] === '#') return { at, what: 'JSON has no comments' };
    if (rest[0] === "'") return { at, what: 'single quotes stand where JSON wants double ones' };
    return { at, what };
  }

  private skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found !== null) this.at = pattern.lastIndex;
    return found !== null && found[0] !== '';
  }
}
