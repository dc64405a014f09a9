// What a file that extends another one takes over, and what it has to say itself.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WherryError } from '@wherry/graph';
import type { DeviceProfile } from '../device-profile.js';
import { parseProfile, parseRuntime } from '../parse.js';

const folder = join(import.meta.dirname, '../../../../device-profiles');
const text = (id: string): string => readFileSync(join(folder, `${id}.json`), 'utf8');
const identity = { extends: 'esp32', id: 'mine', name: 'Mine', chip: 'A chip' };
const read = (own: object, more: Readonly<Record<string, object>> = {}): DeviceProfile =>
  parseProfile(JSON.stringify(own), (id) => (id in more ? JSON.stringify(more[id]) : text(id)), 'mine');

function refusalOf(act: () => unknown): string {
  try {
    act();
    return '';
  } catch (error) {
    if (error instanceof WherryError) return `${error.definition.code}: ${error.message}`;
    throw error;
  }
}

it('takes over what holds for the chip, and nothing of the board', () => {
  const esp32 = parseProfile(text('esp32'), text, 'esp32');
  const mine = read(identity);
  expect(esp32.notes.length * esp32.aliases.length).toBeGreaterThan(0);
  expect(esp32.serial).toBeDefined();
  expect(mine).toEqual({
    ...without(esp32, 'serial'),
    id: 'mine',
    name: 'Mine',
    chip: 'A chip',
    aliases: [],
    notes: [],
  });
});

it('keeps what is stated of the board', () => {
  const own = {
    aliases: ['a'],
    notes: ['n'],
    standIn: 'm',
    refuses: { what: 'w', next: 'n' },
    serial: { baud: 9600, usb: [], reset: 'none' },
  };
  expect(read({ ...identity, ...own })).toMatchObject(own);
});

it('takes over neither the stand-in nor the refusal of another board', () => {
  expect(read({ ...identity, extends: 'rp2040' }).standIn).toBeNull();
  expect(read({ ...identity, extends: 'esp8266' }).refuses).toBeUndefined();
});

it.each(['id', 'name', 'chip'])('wants %s stated', (key) => {
  expect(refusalOf(() => read(without(identity, key)))).toMatch(
    new RegExp(`PROFILE_EXTENDS: "${key}" is missing, and is not taken over from esp32[^]*mine[^]*add "${key}"`),
  );
});

it('wants it of every file of a chain', () => {
  const middle = { extends: 'esp32', id: 'middle', chip: 'c' };
  expect(refusalOf(() => read({ ...identity, extends: 'middle' }, { middle }))).toMatch(/"name" is missing[^]*middle/);
});

it.each([
  ['ram', { ram: { bytes: 400_000 } }, '/memory/ram/bytes'],
  ['flash', { flash: { reservedBytes: 1 } }, '/memory/flash/reservedBytes'],
  ['a block', { ram: { blocks: { heapBytes: 1 } } }, '/memory/ram/blocks/heapBytes'],
])('wants a source for a figure of its own: %s', (_, memory, pointer) => {
  const refusal = refusalOf(() => read({ ...identity, memory }));
  expect(refusal).toContain('its "source" is still that of esp32');
  expect(refusal).toContain(`mine at ${pointer}\n`);
});

it.each([
  { ram: { bytes: 400_000, source: 's' } },
  { ram: { source: 'a better one' } },
  { ram: { blocks: { heapBytes: 100_000, source: 's' } } },
  { ram: { blocks: null } },
  { psram: { bytes: 8_000_000, reservedBytes: 0, source: 's' } },
])('takes figures that have one: %j', (memory) => {
  expect(refusalOf(() => read({ ...identity, memory }))).toBe('');
});

it('wants a kernel table to say where its own facts were read', () => {
  const table = { extends: 'tflm-reference', name: 'mine', title: 'Mine' };
  const parse = (own: object): unknown => parseRuntime(JSON.stringify(own), (id) => text(`runtimes/${id}`), 'mine');
  expect(refusalOf(() => parse(table))).toMatch(/"source" is missing[^]*tflm-reference/);
  expect(refusalOf(() => parse({ ...table, source: 'here' }))).toBe('');
});

function without<T extends object>(value: T, key: string): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key)) as Partial<T>;
}
