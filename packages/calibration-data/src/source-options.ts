// Typed reading of a source's options, each refusal naming the option and what it takes.
import type { Shape } from '@wherry/graph';
import { numericTypes, type NumericType } from './bytes/numeric-type.js';
import { limits } from './limits.js';
import { nearest } from './nearest.js';
import { refuse } from './refuse.js';

/** Options that every format takes; they are applied by the dataset. */
export const commonOptions = ['window', 'stride'] as const;

export class SourceOptions {
  readonly #options: Readonly<Record<string, string>>;
  readonly #where: string;
  readonly #asked = new Set<string>();

  constructor(options: Readonly<Record<string, string>>, known: readonly string[], where: string) {
    this.#options = options;
    this.#where = where;
    const all = [...known, ...commonOptions];
    for (const key of Object.keys(options)) {
      if (all.includes(key)) continue;
      const meant = nearest(key, all);
      refuse('DATA_OPTION', {
        what: `there is no option ${key} here`,
        where,
        next: meant === undefined ? `the options are ${all.join(', ')}` : `did you mean ${meant}?`,
      });
    }
  }

  text(key: string): string | undefined {
    this.#asked.add(key);
    return Object.hasOwn(this.#options, key) ? this.#options[key] : undefined;
  }

  choice<const T extends string>(key: string, values: readonly T[]): T | undefined {
    const text = this.text(key);
    if (text === undefined) return undefined;
    return values.find((value) => value === text) ?? this.#wrong(key, text, values.join(' or '));
  }

  number(key: string): number | undefined {
    const text = this.text(key);
    if (text === undefined) return undefined;
    const value = parseNumber(text);
    return value !== undefined && Number.isFinite(value) ? value : this.#wrong(key, text, 'a number');
  }

  /** A whole number of at least `least`. */
  count(key: string, least: number): number | undefined {
    const value = this.number(key);
    if (value === undefined) return undefined;
    return Number.isSafeInteger(value) && value >= least
      ? value
      : this.#wrong(key, `${value}`, `a whole number from ${least}`);
  }

  /** `49x10x1`. */
  shape(key: string): Shape | undefined {
    const text = this.text(key);
    if (text === undefined) return undefined;
    const shape = /^\d{1,9}(x\d{1,9})*$/.test(text)
      ? text.split('x').map(Number)
      : this.#wrong(key, text, 'a shape such as 49x10x1');
    const elements = shape.reduce((product, dimension) => product * dimension, 1);
    if (shape.length > limits.rank || !(elements > 0 && elements <= limits.recordBytes))
      this.#wrong(key, text, 'a shape of a sensible size');
    return shape;
  }

  type(key: string): NumericType | undefined {
    const names = Object.keys(numericTypes) as (keyof typeof numericTypes)[];
    const name = this.choice(key, names);
    return name === undefined ? undefined : numericTypes[name];
  }

  /** Options that the reading had no use for, once it has begun: whoever gave them expects something of them. */
  refuseUnused(): void {
    for (const key of Object.keys(this.#options)) if (!this.#asked.has(key)) this.unused(key, 'beside the others');
  }

  unused(key: string, why: string, next = `leave ${key} away`): never {
    return refuse('DATA_OPTION', { what: `option ${key} has no effect ${why}`, where: this.#where, next });
  }

  required<T>(key: string, value: T | undefined, example: string): T {
    return (
      value ??
      refuse('DATA_OPTION', {
        what: `option ${key} is missing`,
        where: this.#where,
        next: `add it, for example ${example}`,
      })
    );
  }

  #wrong(key: string, value: string, takes: string): never {
    return refuse('DATA_OPTION', { what: `option ${key} is "${value}"`, where: this.#where, next: `give ${takes}` });
  }
}

/** A decimal number as people write it in tables, NaN and infinity included; undefined for anything else. */
export function parseNumber(text: string): number | undefined {
  const word = text.trim();
  if (/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(word)) return Number(word);
  const special = /^([+-]?)(nan|inf|infinity)$/i.exec(word);
  if (special === null) return undefined;
  return special[2]!.toLowerCase() === 'nan' ? NaN : special[1] === '-' ? -Infinity : Infinity;
}
