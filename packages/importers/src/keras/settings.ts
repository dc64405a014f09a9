// Typed access to one layer's configuration.
import { entry, isList, isObject, type Json, type JsonObject } from './json.js';
import { invalidConfig } from './refuse.js';

export interface Settings {
  /** Path of layer names, for messages and origins. */
  readonly layer: string;
  readonly className: string;
  readonly values: JsonObject;
}

function refuse(settings: Settings, key: string, expected: string): never {
  return invalidConfig(`${settings.className} needs ${expected} as ${key}`, `layer ${settings.layer}`);
}

/** null counts as left out. */
export function setting(settings: Settings, key: string): Json | undefined {
  return entry(settings.values, key) ?? undefined;
}

export function numberSetting(settings: Settings, key: string, fallback: number): number {
  const given = setting(settings, key) ?? fallback;
  const [only, ...more] = numbersIn(given) ?? [];
  // Keras up to 2.2 wraps some numbers as arrays without dimensions.
  const value = isObject(given) && more.length === 0 ? only : given;
  return typeof value === 'number' && Number.isFinite(value) ? value : refuse(settings, key, 'a number');
}

export function optionalNumber(settings: Settings, key: string): number | undefined {
  return setting(settings, key) === undefined ? undefined : numberSetting(settings, key, 0);
}

export function booleanSetting(settings: Settings, key: string, fallback: boolean): boolean {
  const value = setting(settings, key) ?? fallback;
  // Keras 1 style files hold 0 and 1.
  if (value === 0 || value === 1) return value === 1;
  return typeof value === 'boolean' ? value : refuse(settings, key, 'true or false');
}

export function stringSetting(settings: Settings, key: string, fallback?: string): string {
  const value = setting(settings, key) ?? fallback;
  return typeof value === 'string' ? value : refuse(settings, key, 'a text');
}

const MAX_SIZE = 2147483647;

/** A whole number between `least` and 2^31 - 1. */
export function sizeSetting(settings: Settings, key: string, least: number, fallback?: number): number {
  const value = setting(settings, key) ?? fallback;
  return isSize(value, least) ? value : refuse(settings, key, `a whole number from ${least}`);
}

/** `count` whole numbers: a list of them, or one number for all. */
export function sizesSetting(
  settings: Settings,
  key: string,
  count: number,
  least: number,
  fallback?: readonly number[],
): number[] {
  const value = setting(settings, key) ?? fallback;
  const list = isList(value) ? value : new Array<Json | undefined>(count).fill(value);
  if (list.length !== count || !list.every((item) => isSize(item, least))) {
    return refuse(settings, key, `${count} whole number(s) from ${least}`);
  }
  return list as number[];
}

export function isSize(value: Json | undefined, least: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= MAX_SIZE;
}

/** Numbers in a list, or one alone, nested lists flattened; Keras wraps some arrays as objects with a value. */
export function numbersIn(value: Json | undefined): readonly number[] | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? [value] : undefined;
  if (isObject(value)) {
    const config = entry(value, 'config');
    return numbersIn(isObject(config) ? entry(config, 'value') : entry(value, 'value'));
  }
  if (!isList(value)) return undefined;
  const numbers: number[] = [];
  for (const item of value) {
    const inside = numbersIn(item);
    if (inside === undefined) return undefined;
    for (const number of inside) numbers.push(number);
  }
  return numbers;
}
