// Seeded ways to damage a .tflite file: bytes, and the offsets, counts, types and values that its tables hold.

const interesting = [
  0, 1, 2, 3, 4, 7, 8, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff,
];

/** A small seeded generator (mulberry32): the same seed gives the same numbers everywhere. */
export function seeded(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  };
  return { next, below: (limit) => next() % limit, pick: (list) => list[next() % list.length] };
}

/**
 * Where the tables of a file stand: the inline fields and vtables of all tables, and the heads of all vectors. Found by
 * walking from the root without a schema: every field that could be an offset to a table or a vector is followed once.
 */
export function survey(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const places = { fields: [], vtables: [], heads: [] };
  const seen = new Set();
  const queue = [view.getUint32(0, true)];
  while (queue.length > 0 && seen.size < 20000) {
    const at = queue.pop();
    if (seen.has(at) || at % 4 !== 0 || at < 4 || at + 4 > bytes.byteLength) continue;
    seen.add(at);
    const vtable = at - view.getInt32(at, true);
    if (isVtable(view, vtable, at)) visitTable(view, at, vtable, places, queue);
    else visitVector(view, at, places, queue);
  }
  return places;
}

function isVtable(view, vtable, table) {
  if (vtable < 8 || vtable % 2 !== 0 || vtable + 4 > view.byteLength) return false;
  const size = view.getUint16(vtable, true);
  const inline = view.getUint16(vtable + 2, true);
  return (
    size >= 4 &&
    size % 2 === 0 &&
    size < 256 &&
    inline >= 4 &&
    inline < 512 &&
    vtable + size <= view.byteLength &&
    table + inline <= view.byteLength
  );
}

function visitTable(view, at, vtable, places, queue) {
  places.fields.push(at);
  const slots = view.getUint16(vtable, true) / 2;
  for (let slot = 0; slot < slots; slot++) {
    places.vtables.push(vtable + 2 * slot);
    const offset = slot < 2 ? 0 : view.getUint16(vtable + 2 * slot, true);
    if (offset === 0) continue;
    places.fields.push(at + offset);
    if ((at + offset) % 4 === 0 && at + offset + 4 <= view.byteLength)
      queue.push(at + offset + view.getUint32(at + offset, true));
  }
}

function visitVector(view, at, places, queue) {
  const length = view.getUint32(at, true);
  if (at + 4 + length > view.byteLength) return;
  places.heads.push(at);
  // A vector of offsets, as far as one can tell: all of its words lead to places inside the file.
  for (let i = 0; i < Math.min(length, 2000); i++) {
    const word = at + 4 + 4 * i;
    if (word + 4 > view.byteLength) return;
    places.heads.push(word);
    queue.push(word + view.getUint32(word, true));
  }
}

function put(bytes, at, size, value) {
  for (let i = 0; i < size && at + i < bytes.length; i++) bytes[at + i] = (value >>> (8 * i)) & 0xff;
}

const mutations = [
  // A bit, a byte, a run of bytes.
  (bytes, _, random) => (bytes[random.below(bytes.length)] ^= 1 << random.below(8)),
  (bytes, _, random) => (bytes[random.below(bytes.length)] = random.below(256)),
  (bytes, _, random) => {
    const from = random.below(bytes.length);
    bytes.copyWithin(random.below(bytes.length), from, from + 1 + random.below(64));
  },
  // A field of a table: an edge value, or another place of the file as an offset.
  (bytes, places, random) =>
    put(bytes, random.pick(places.fields), random.pick([1, 2, 4, 4, 8]), random.pick(interesting)),
  (bytes, places, random) => {
    const at = random.pick(places.fields);
    put(bytes, at, 4, random.pick(places.fields) - at);
  },
  (bytes, places, random) => {
    const at = random.pick(places.fields);
    put(bytes, at, 4, (bytes[at] | (bytes[at + 1] << 8)) + random.below(9) - 4);
  },
  // A vtable entry.
  (bytes, places, random) =>
    put(bytes, random.pick(places.vtables), 2, random.pick([random.below(64), random.pick(interesting)])),
  // The length of a vector, or one of its words.
  (bytes, places, random) =>
    put(bytes, random.pick(places.heads), 4, random.pick([random.below(16), random.pick(interesting)])),
  (bytes, places, random) => {
    const at = random.pick(places.heads);
    put(bytes, at, 4, random.pick(places.heads) - at);
  },
];

/** Numbers that a sound file can hold in the place of `value`. */
function otherValue(value, random) {
  if (typeof value === 'bigint') return BigInt(random.pick([0, 1, -1, 127, -128, 1 << 20]));
  if (typeof value === 'boolean') return !value;
  return random.pick([value + 1, value - 1, 0, 1, -1, 2, 3, 127, -128, 255, 65536, 2147483647, -2147483648, NaN]);
}

/** Goes down a random path of a decoded model and changes what stands at its end. `names`: enum names to choose from. */
export function changeValue(value, random, names) {
  if (value instanceof Uint8Array) {
    const copy = value.slice(0, random.below(8) === 0 ? random.below(value.length + 1) : value.length);
    if (copy.length > 0)
      new DataView(copy.buffer).setUint8(random.below(copy.length), random.pick([0, 1, 127, 128, 255]));
    return copy;
  }
  if (Array.isArray(value)) {
    if (value.length === 0 || random.below(8) === 0) return value.slice(0, random.below(value.length + 1));
    const at = random.below(value.length);
    if (random.below(8) === 0) return [...value, value[at]];
    return value.with(at, random.below(8) === 0 ? random.pick(value) : changeValue(value[at], random, names));
  }
  if (typeof value === 'object') {
    // Most of the rules are about subgraphs and their operators.
    const heavy = ['subgraphs', 'operators'].find((name) => name in value && random.below(4) > 0);
    const key = heavy ?? random.pick(Object.keys(value));
    if (key === 'type' && 'value' in value) return { ...value, value: changeValue(value.value, random, names) };
    if (key !== 'value' && typeof value[key] === 'object' && random.below(20) === 0)
      return { ...value, [key]: undefined };
    return { ...value, [key]: changeValue(value[key], random, names) };
  }
  if (typeof value === 'string') return random.pick(names);
  return value === undefined ? undefined : otherValue(value, random);
}

/** A damaged copy: one to three mutations, and sometimes the end cut off. */
export function mutate(bytes, places, random) {
  const copy = random.below(40) === 0 ? bytes.slice(0, 1 + random.below(bytes.length)) : bytes.slice();
  for (let i = random.pick([1, 1, 1, 2, 3]); i > 0; i--) random.pick(mutations)(copy, places, random);
  return copy;
}
