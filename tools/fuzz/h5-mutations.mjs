// Seeded ways to damage a Keras .h5 file, or one in an archive: bytes, addresses, counts, lengths, and the JSON inside.

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

const SIGNATURES = [
  'TREE',
  'SNOD',
  'HEAP',
  'GCOL',
  'OHDR',
  'OCHK',
  'FRHP',
  'FHDB',
  'FHIB',
  'BTHD',
  'BTLF',
  'BTIN',
  'FAHD',
  'FADB',
  'EAHD',
];

/** What mutations aim at, found once per file. */
export function survey(bytes) {
  const text = new TextDecoder('latin1').decode(bytes);
  const structures = SIGNATURES.flatMap((signature) => placesOf(text, signature, 400));
  const start = text.search(/\{"(class_name|module)"/);
  const words = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 8 <= bytes.length && words.length < 20000; at += 8) {
    if (view.getUint32(at + 4, true) === 0 && view.getUint32(at, true) > 0 && view.getUint32(at, true) < bytes.length)
      words.push(at);
  }
  return { structures, words, json: start < 0 ? undefined : { start, end: endOfText(bytes, start) } };
}

function placesOf(text, what, limit) {
  const places = [];
  for (let at = text.indexOf(what); at >= 0 && places.length < limit; at = text.indexOf(what, at + 1)) places.push(at);
  return places;
}

function endOfText(bytes, start) {
  let end = start;
  while (end < bytes.length && bytes[end] >= 0x20 && bytes[end] < 0x7f) end++;
  return end;
}

const NUMBERS = [0, 1, 2, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff];

const mutations = {
  flipBytes(bytes, random) {
    for (let i = 1 + random.below(8); i > 0; i--) bytes[random.below(bytes.length)] = random.below(256);
    return bytes;
  },
  truncate(bytes, random) {
    return bytes.subarray(0, random.below(bytes.length));
  },
  flipStructure(bytes, random, { structures }) {
    if (structures.length === 0) return mutations.flipBytes(bytes, random);
    const at = random.pick(structures) + random.below(64);
    for (let i = 1 + random.below(3); i > 0; i--)
      bytes[Math.min(bytes.length - 1, at + random.below(16))] = random.below(256);
    return bytes;
  },
  redirect(bytes, random, { words, structures }) {
    if (words.length === 0) return mutations.flipBytes(bytes, random);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const targets = [
      random.below(bytes.length),
      random.pick(structures.length > 0 ? structures : [0]),
      view.getUint32(random.pick(words), true),
      bytes.length - 1,
      0,
    ];
    view.setUint32(random.pick(words), random.pick(targets), true);
    return bytes;
  },
  undefine(bytes, random, { words }) {
    if (words.length === 0) return mutations.flipBytes(bytes, random);
    const at = random.pick(words);
    return bytes.fill(0xff, at, at + 8);
  },
  resize(bytes, random, { words, structures }) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const near =
      structures.length > 0 && random.below(2) === 0
        ? random.pick(structures) + 4
        : random.pick(words.length > 0 ? words : [0]);
    const at = Math.min(bytes.length - 4, near + random.below(32));
    if (random.below(2) === 0)
      view.setUint16(at, random.below(3) === 0 ? view.getUint16(at, true) + 1 : random.pick(NUMBERS), true);
    else view.setUint32(at, random.pick(NUMBERS), true);
    return bytes;
  },
  splice(bytes, random) {
    const length = 1 + random.below(512);
    const from = random.below(Math.max(1, bytes.length - length));
    bytes.copyWithin(random.below(Math.max(1, bytes.length - length)), from, from + length);
    return bytes;
  },
  editJson(bytes, random, { json }) {
    if (json === undefined) return mutations.flipBytes(bytes, random);
    for (let i = 1 + random.below(3); i > 0; i--) {
      const at = json.start + random.below(json.end - json.start);
      bytes[at] = random.pick([...'0123456789-"{}[],:.enull\\'].map((char) => char.charCodeAt(0)));
    }
    return bytes;
  },
  editJsonNumber(bytes, random, { json }) {
    if (json === undefined) return mutations.flipBytes(bytes, random);
    const start = json.start + random.below(json.end - json.start);
    for (let at = start; at < json.end; at++) {
      if (bytes[at] >= 0x30 && bytes[at] <= 0x39) {
        bytes[at] = 0x30 + random.below(10);
        if (random.below(3) === 0) break;
      }
    }
    return bytes;
  },
  swapJsonWord(bytes, random, { json }) {
    if (json === undefined) return mutations.flipBytes(bytes, random);
    const text = new TextDecoder('latin1').decode(bytes.subarray(json.start, json.end));
    const words = [...text.matchAll(/"[A-Za-z_0-9]{2,}"/g)];
    const [to, from] = [random.pick(words), random.pick(words)];
    const source = from[0]
      .slice(1, -1)
      .padEnd(to[0].length - 2, ' ')
      .slice(0, to[0].length - 2);
    for (let i = 0; i < source.length; i++) bytes[json.start + to.index + 1 + i] = source.charCodeAt(i);
    return bytes;
  },
};
export const mutationNames = Object.keys(mutations);

/** A damaged copy of `bytes`; one mutation, or two in a row every fourth time. */
export function mutate(bytes, surveyed, random) {
  let copy = Uint8Array.from(bytes);
  for (let i = random.below(4) === 0 ? 2 : 1; i > 0 && copy.length > 8; i--) {
    // A truncated file no longer has the places that were found.
    const name = copy.length === bytes.length ? random.pick(mutationNames) : 'flipBytes';
    copy = mutations[name](copy, random, surveyed);
  }
  return copy;
}
