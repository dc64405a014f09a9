// Parses JSON that people write and others send: what JSON.parse lets pass silently is refused here.
import { WherryError } from '@wherry/graph';
import { profileDiagnostics } from '../diagnostics.js';

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

const maxDepth = 32;
const maxCharacters = 4 * 1024 * 1024;
/** Keys with a meaning to JavaScript itself; no document of ours needs them. */
const forbiddenKeys: readonly string[] = ['__proto__', 'constructor', 'prototype'];

/**
 * As JSON.parse, but a repeated key, a key like `__proto__`, nesting deeper than 32 and documents over 4 Mi
 * characters are refused. `where` names the document in errors. Throws PROFILE_JSON with the character's place.
 */
export function parseStrictJson(text: string, where: string): JsonValue {
  if (text.length > maxCharacters)
    refuse(`the document has ${text.length} characters, the limit is ${maxCharacters}`, where);
  const parsed = parsedByEngine(text, where);
  new KeyWalk(text, where).value(0);
  return parsed;
}

function refuse(what: string, where: string): never {
  throw new WherryError(profileDiagnostics.PROFILE_JSON, { what, where, next: 'correct the JSON there' });
}

function parsedByEngine(text: string, where: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    // The engine's sentence differs between versions of Node; only what it is about is kept.
    throw new WherryError(
      profileDiagnostics.PROFILE_JSON,
      {
        what: 'the document is not valid JSON',
        where,
        next: 'correct the JSON; an editor with JSON support shows the place',
      },
      { cause: error },
    );
  }
}

/** Walks a text already known to be JSON, and looks at the keys and the depth that the parsed value no longer shows. */
class KeyWalk {
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly where: string,
  ) {}

  value(depth: number): void {
    if (depth > maxDepth) refuse(`nested deeper than ${maxDepth}`, this.place());
    this.skipSpace();
    const first = this.text[this.at];
    if (first === '{') this.members(depth);
    else if (first === '[') this.items(depth);
    else if (first === '"') this.string();
    else while (this.at < this.text.length && !',]} \t\r\n'.includes(this.text[this.at]!)) this.at++;
  }

  private members(depth: number): void {
    const seen = new Set<string>();
    for (this.at++; this.next() !== '}';) {
      const key = this.string();
      if (forbiddenKeys.includes(key)) refuse(`the key "${key}" is not allowed`, this.place());
      if (seen.has(key)) refuse(`the key "${key}" stands twice in one object`, this.place());
      seen.add(key);
      this.next();
      this.at++;
      this.value(depth + 1);
      if (this.next() === ',') this.at++;
    }
    this.at++;
  }

  private items(depth: number): void {
    for (this.at++; this.next() !== ']';) {
      this.value(depth + 1);
      if (this.next() === ',') this.at++;
    }
    this.at++;
  }

  private string(): string {
    const start = this.at++;
    while (this.text[this.at] !== '"') this.at += this.text[this.at] === '\\' ? 2 : 1;
    return JSON.parse(this.text.slice(start, ++this.at)) as string;
  }

  private next(): string | undefined {
    this.skipSpace();
    return this.text[this.at];
  }

  private skipSpace(): void {
    while (this.at < this.text.length && ' \t\r\n'.includes(this.text[this.at]!)) this.at++;
  }

  private place(): string {
    const line = this.text.slice(0, this.at).split('\n').length;
    return `${this.where}, line ${line}`;
  }
}
