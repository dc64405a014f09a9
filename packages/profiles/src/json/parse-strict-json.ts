// Parses JSON that people write and others send: what JSON.parse lets pass silently is refused here.
import { WherryError, type DiagnosticDefinition } from '@wherry/graph';
import { profileDiagnostics } from '../diagnostics.js';
import { jsonFault } from './json-fault.js';

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
 * characters are refused; a byte order mark in front is skipped. `where` names the document in errors. Throws
 * `refusal` with the line.
 */
export function parseStrictJson(
  document: string,
  where: string,
  refusal: DiagnosticDefinition = profileDiagnostics.PROFILE_JSON,
): JsonValue {
  const text = document.replace(/^\uFEFF/, '');
  const refuse = (what: string, place: string): never => {
    throw new WherryError(refusal, { what, where: place, next: 'correct the JSON there' });
  };
  if (text.length > maxCharacters)
    refuse(`the document has ${text.length} characters, the limit is ${maxCharacters}`, where);
  const parsed = parsedByEngine(text, where, refusal);
  new KeyWalk(text, where, refuse).value(0);
  return parsed;
}

function parsedByEngine(text: string, where: string, refusal: DiagnosticDefinition): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    // The engine's sentence differs between versions of Node.
    const fault = jsonFault(text);
    throw new WherryError(
      refusal,
      {
        what: `the document is not valid JSON${fault === undefined ? '' : `: ${fault.what}`}`,
        where: fault === undefined ? where : `${where}, ${placeIn(text, fault.at)}`,
        next: 'correct the JSON there; an editor with JSON support shows the place',
      },
      { cause: error },
    );
  }
}

/** Line and column, from 1. */
function placeIn(text: string, at: number): string {
  const lines = text.slice(0, at).split('\n');
  return `line ${lines.length}, column ${lines.at(-1)!.length + 1}`;
}

/** Walks a text already known to be JSON, and looks at the keys and the depth that the parsed value no longer shows. */
class KeyWalk {
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly where: string,
    private readonly refuse: (what: string, place: string) => never,
  ) {}

  value(depth: number): void {
    if (depth > maxDepth) this.refuse(`nested deeper than ${maxDepth}`, this.place());
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
      if (forbiddenKeys.includes(key)) this.refuse(`the key "${key}" is not allowed`, this.place());
      if (seen.has(key)) this.refuse(`the key "${key}" stands twice in one object`, this.place());
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
