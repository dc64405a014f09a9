// The declared preprocessing: a plain JSON value that config and report carry, its checks and its written form.
import { nearest } from './nearest.js';
import { refuse } from './refuse.js';
import { parseNumber } from './source-options.js';

/**
 * What happens to the stored values before the model sees them, in this order: `layout`, `channels`, `resize`,
 * `divideBy`, `scale` and `offset` (value * scale + offset), `mean` and `std` ((value - mean) / std). Nothing by default.
 */
export interface Preprocessing {
  /** How the data is stored; `chw` planes are transposed to the model's channels-last order. */
  readonly layout?: 'hwc' | 'chw';
  /** Data is taken for RGB. `bgr` swaps; `grayscale` is ITU-R BT.601 luma, 0.299 R + 0.587 G + 0.114 B, not rounded. */
  readonly channels?: 'rgb' | 'bgr' | 'grayscale';
  readonly resize?: Resize;
  readonly divideBy?: number;
  readonly scale?: number;
  readonly offset?: number;
  /** One number, or one per channel (last dimension). */
  readonly mean?: readonly number[];
  readonly std?: readonly number[];
}

/** Pixel centres are at half integers and no antialiasing is done, as in tf.image.resize. */
export interface Resize {
  readonly width: number;
  readonly height: number;
  readonly method: 'nearest' | 'bilinear';
  readonly fit: 'stretch' | 'center-crop';
}

const keys = ['layout', 'channels', 'resize', 'divideBy', 'scale', 'offset', 'mean', 'std'] as const;
/** What can stand before the `=` of a word. */
export const preprocessingWords = [...keys, 'method', 'fit'] as const;
const choices = {
  layout: ['hwc', 'chw'],
  channels: ['rgb', 'bgr', 'grayscale'],
  method: ['nearest', 'bilinear'],
  fit: ['stretch', 'center-crop'],
} as const;

/**
 * From `key=value` words, each possibly several joined by `&`: `resize=96x96` (width x height), `method=nearest`,
 * `fit=center-crop`, `divideBy=255`, `mean=0.5,0.5,0.5`. Method is bilinear and fit is stretch unless given.
 */
export function parsePreprocessing(words: readonly string[]): Preprocessing {
  const value: Record<string, unknown> = {};
  const resize: Record<string, unknown> = { method: 'bilinear', fit: 'stretch' };
  const given = new Set<string>();
  for (const word of words.flatMap((text) => text.split('&')).filter((text) => text !== '')) {
    const equals = word.indexOf('=');
    const [key, text] = equals < 0 ? [word, ''] : [word.slice(0, equals), word.slice(equals + 1)];
    checkKey(key, preprocessingWords);
    if (given.has(key)) wrong(`${key} is given twice`, 'give it once');
    given.add(key);
    if (key === 'method' || key === 'fit') resize[key] = text;
    else if (key === 'layout' || key === 'channels') value[key] = text;
    else if (key === 'resize') Object.assign(resize, parseSize(text));
    else if (key === 'mean' || key === 'std') value[key] = text.split(',').map((part) => parseNumber(part) ?? part);
    else value[key] = parseNumber(text) ?? text;
  }
  if ((given.has('method') || given.has('fit')) && !given.has('resize'))
    wrong('method or fit is given without resize', 'add resize=WIDTHxHEIGHT');
  return checkPreprocessing(given.has('resize') ? { ...value, resize } : value);
}

/** Checks a value from a config file. Refuses unknown keys with a suggestion. */
export function checkPreprocessing(value: unknown): Preprocessing {
  const object = record(value, 'preprocessing');
  for (const key of Object.keys(object)) checkKey(key, keys);
  choose(object, 'layout');
  choose(object, 'channels');
  for (const key of ['divideBy', 'scale', 'offset'] as const) {
    const number = object[key];
    if (number !== undefined && !(typeof number === 'number' && Number.isFinite(number)))
      wrong(`${key} is ${show(number)}`, 'give a number');
  }
  for (const key of ['mean', 'std'] as const) checkList(key, object[key]);
  if (object['divideBy'] === 0 || object['scale'] === 0)
    wrong('every value would become the same or infinite', 'give a number other than 0');
  if ((object['std'] as number[] | undefined)?.includes(0)) wrong('std contains 0', 'give positive numbers');
  if (object['resize'] !== undefined) checkResize(object['resize']);
  return object;
}

function checkResize(value: unknown): void {
  const resize = record(value, 'resize');
  for (const key of Object.keys(resize)) checkKey(key, ['width', 'height', 'method', 'fit']);
  for (const key of ['width', 'height']) {
    const side = resize[key];
    if (!(Number.isInteger(side) && (side as number) >= 1 && (side as number) <= 4096))
      wrong(`resize ${key} is ${show(side)}`, 'give whole numbers from 1 to 4096');
  }
  for (const key of ['method', 'fit'] as const) {
    if (resize[key] === undefined) wrong(`resize lacks ${key}`, `give one of ${choices[key].join(', ')}`);
    choose(resize, key);
  }
}

function checkList(key: string, value: unknown): void {
  if (value === undefined) return;
  const good =
    Array.isArray(value) &&
    value.length >= 1 &&
    value.length <= 4096 &&
    value.every((part) => typeof part === 'number' && Number.isFinite(part));
  if (!good) wrong(`${key} is ${show(value)}`, 'give one number, or one per channel');
}

function choose(object: Readonly<Record<string, unknown>>, key: keyof typeof choices): void {
  const value = object[key];
  if (value !== undefined && !choices[key].some((choice) => choice === value))
    wrong(`${key} is ${show(value)}`, `give one of ${choices[key].join(', ')}`);
}

function parseSize(text: string): { width: number; height: number } {
  const match = /^(\d{1,5})x(\d{1,5})$/.exec(text);
  if (match === null) wrong(`resize is ${show(text)}`, 'write resize=WIDTHxHEIGHT, for example resize=96x96');
  return { width: Number(match[1]), height: Number(match[2]) };
}

function checkKey(key: string, known: readonly string[]): void {
  if (known.includes(key)) return;
  const meant = nearest(key, known);
  wrong(
    `there is no preprocessing "${key}"`,
    meant === undefined ? `choose from ${known.join(', ')}` : `did you mean ${meant}?`,
  );
}

function record(value: unknown, name: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    wrong(`${name} is ${show(value)}`, 'give an object');
  return value as Readonly<Record<string, unknown>>;
}

function show(value: unknown): string {
  return (JSON.stringify(value) ?? String(value)).slice(0, 60);
}

function wrong(what: string, next: string): never {
  return refuse('DATA_PREPROCESSING', { what, next });
}
