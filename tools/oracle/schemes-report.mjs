// The table of schemes beside other converters, and where we are larger or noisier: pure functions over measured rows.
import { noiseRatio } from './defaults-chance.mjs';
import { textTable } from './twins-figures.mjs';

/** Above this the difference is below any reader's sight, and below that of float sums in another order. */
const endOfScaleDb = 90;
/** What a last digit is worth. */
const sightDb = 0.05;
/** Standard errors of a mean beyond which a difference is none of chance. */
const chanceErrors = 1.96;

/** A larger file is worth so much: half a bit of every value. */
const tradeDb = 3;

/**
 * A row is { source, scheme, ours, peers: { name: side } }; a side { bytes, sqnrDb, each } or { error }, `each` the noise
 * of every sample. Gives { kind, text } of each promise that it breaks: a `LOSS`; a `trade` of bytes for accuracy; `chance`,
 * what the samples cannot tell from equal; `refused`, where we say that the scheme would do nothing.
 */
export function lossesOf({ ours, peers }) {
  if (ours.error !== undefined) {
    const kind = ours.error.startsWith('QUANT_SCHEME_WITHOUT_EFFECT') ? 'refused' : 'LOSS';
    return [{ kind, text: `ours fails: ${ours.error}` }];
  }
  return Object.entries(peers)
    .filter(([, { error }]) => error === undefined)
    .flatMap(([name, theirs]) => [...sizeLoss(name, ours, theirs), ...noiseLoss(name, ours, theirs)]);
}

function sizeLoss(name, ours, theirs) {
  if (ours.bytes <= theirs.bytes) return [];
  const ahead = ours.sqnrDb - theirs.sqnrDb;
  const text = `${ours.bytes - theirs.bytes} bytes larger than ${name}'s, and ${ahead.toFixed(2)} dB better`;
  return [{ kind: ahead >= tradeDb ? 'trade' : 'LOSS', text }];
}

function noiseLoss(name, ours, theirs) {
  const behind = Math.min(theirs.sqnrDb, endOfScaleDb) - Math.min(ours.sqnrDb, endOfScaleDb);
  if (!(behind > sightDb)) return [];
  const { db, standardError } = noiseRatio(ours.each, theirs.each);
  const text = `${behind.toFixed(2)} dB below ${name}'s (standard error ${standardError.toFixed(2)})`;
  return [{ kind: db < chanceErrors * standardError ? 'chance' : 'LOSS', text }];
}

const gravest = ['LOSS', 'refused', 'trade', 'chance'];

export function report(rows) {
  const names = [...new Set(rows.flatMap(({ peers }) => Object.keys(peers)))];
  const marks = rows.map(markOf);
  const count = (mark) => marks.filter((each) => each === mark).length;
  return [
    'bytes and SQNR in dB on samples that were not calibrated with, in LiteRT on the processor',
    '',
    textTable([
      ['model', 'scheme', 'ours', 'dB', ...names.flatMap((name) => [name, 'dB']), ''],
      ...rows.map(({ source, scheme, ours, peers }, i) => [
        source.split('/').at(-1),
        scheme,
        ...cellsOf(ours),
        ...names.flatMap((name) => cellsOf(peers[name])),
        marks[i],
      ]),
    ]),
    '',
    ...rows.flatMap((row) =>
      lossesOf(row).map(({ kind, text }) => `${kind.padEnd(8)}  ${row.source}, ${row.scheme}: ${text}`),
    ),
    ...rows.flatMap(({ source, scheme, peers }) =>
      Object.entries(peers).flatMap(([name, { error }]) =>
        error === undefined ? [] : [`left out  ${source}, ${scheme}: ${name}: ${error}`],
      ),
    ),
    `${rows.length} rows of ${new Set(rows.map(({ source }) => source)).size} models: ${count('')} held, ` +
      gravest.map((kind) => `${count(kind)} ${kind}`).join(', '),
  ].join('\n');
}

/** The gravest of a row; nothing where every promise is held. */
function markOf(row) {
  const kinds = lossesOf(row).map(({ kind }) => kind);
  return gravest.find((kind) => kinds.includes(kind)) ?? '';
}

function cellsOf(side) {
  if (side === undefined) return ['-', '-'];
  if (side.error !== undefined) return ['fails', '-'];
  return [side.bytes, side.sqnrDb > 200 ? 'equal' : side.sqnrDb.toFixed(1)];
}
