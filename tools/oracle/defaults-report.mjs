// The rule that the default is held to, and its table: pure functions over measured rows.
import { noiseRatio, signTest } from './defaults-chance.mjs';
import { textTable } from './twins-figures.mjs';

/** The default may be so much below the best of the fixed methods, or below another converter. */
const most = { decibels: 1, points: 0.5 };

/** A difference that comes up so often between equals says nothing. */
const chanceLevel = 0.05;
/** Standard errors of a mean beyond which the same holds. */
const chanceErrors = 1.96;

/** { key, unit, allowed } of each figure that the rule is about; figures are greater when better. */
const figures = [
  { key: 'sqnrDb', unit: 'dB', allowed: most.decibels, scale: 1 },
  { key: 'agree', unit: 'points of agreement', allowed: most.points, scale: 100 },
  { key: 'top1', unit: 'points of top-1', allowed: most.points, scale: 100 },
  { key: 'auc', unit: 'points of AUC', allowed: most.points, scale: 100 },
];
/** Beyond what float32 sums differ by. */
const slack = 1e-9;
/** Above this the difference is below any reader's sight: equal outputs have no noise at all. */
const endOfScaleDb = 90;

/** Where no way reaches this, the samples said nothing of the data: noise as great as the values is compared with noise. */
const nothingUsableDb = 3;

/**
 * Every break of the rule, in words. A row is { auto, fixed: { name: figures }, peers: { name: figures or { error } } };
 * `finest` is what a single decision of the samples judged on is worth, since less cannot be told apart. Figures are
 * { sqnrDb, agree, top1, auc } with shares between 0 and 1, and undefined where they mean nothing; `each` has the noise and
 * the decisions of every sample.
 */
export const faultsOf = (row) => breaksOf(row).map(({ text }) => text);

/** True when every break is one that ways which are equally good show as often. */
const isChance = (breaks) => breaks.length > 0 && breaks.every(({ chance }) => chance);

function breaksOf({ auto, fixed, peers, finest = {} }) {
  if (auto.error !== undefined) return [{ text: `the default fails: ${auto.error}`, chance: false }];
  const others = [
    ...Object.entries(fixed).map(([name, values]) => [`--method ${name}`, values]),
    ...Object.entries(peers),
  ].filter(([, values]) => values.error === undefined);
  return figures.flatMap(({ key, unit, allowed, scale }) => {
    const reached = bounded(key, auto[key]);
    const best = bestOf(others, key);
    if (best === undefined || reached === undefined || (key === 'sqnrDb' && best.value < nothingUsableDb)) return [];
    const behind = scale * (best.value - reached);
    if (behind <= Math.max(allowed, scale * (finest[key] ?? 0)) + slack) return [];
    const { chance = false, why } = chanceOf(key, allowed, auto.each, best.each) ?? {};
    return [{ text: `${behind.toFixed(2)} ${unit} below ${best.name}${why === undefined ? '' : ` (${why})`}`, chance }];
  });
}

/** Of one figure; undefined where single samples do not make it up. */
function chanceOf(key, allowed, ours, theirs) {
  if (ours?.[key] === undefined || theirs?.[key] === undefined) return undefined;
  if (key === 'sqnrDb') {
    const { db, standardError } = noiseRatio(ours[key], theirs[key]);
    return {
      chance: db - chanceErrors * standardError < allowed,
      why: `standard error ${standardError.toFixed(1)} dB`,
    };
  }
  const { better, worse, p } = signTest(ours[key], theirs[key]);
  return { chance: p > chanceLevel, why: `better in ${better}, worse in ${worse} decisions, p = ${p.toFixed(2)}` };
}

function bestOf(others, key) {
  const values = others
    .map(([name, figures]) => ({ name, value: bounded(key, figures[key]), each: figures.each }))
    .filter(({ value }) => value !== undefined);
  return values.reduce((best, each) => (best === undefined || each.value > best.value ? each : best), undefined);
}

const bounded = (key, value) => (key === 'sqnrDb' && value !== undefined ? Math.min(value, endOfScaleDb) : value);

export function report(rows) {
  const methods = [...new Set(rows.flatMap(({ fixed }) => Object.keys(fixed)))];
  const peers = [...new Set(rows.flatMap((row) => Object.keys(row.peers)))];
  const faults = rows.flatMap((row) =>
    breaksOf(row).map(({ text, chance }) => `${chance ? 'chance' : 'FAULT '}  ${nameOf(row)}: ${text}`),
  );
  const models = new Set(rows.map(({ source }) => source)).size;
  const count = (verdict) => rows.filter((row) => verdictOf(row) === verdict).length;
  return [
    'SQNR dB / agreement % / top-1 % or AUC, all on samples that were not calibrated with',
    '',
    textTable([
      ['model', 'calibration', 'samples', 'judged', 'default', ...methods, ...peers, 'rule'],
      ...rows.map((row) => [
        row.source,
        row.calibration,
        row.samples,
        row.judged,
        cell(row.auto),
        ...methods.map((name) => cell(row.fixed[name])),
        ...peers.map((name) => cell(row.peers[name])),
        verdictOf(row),
      ]),
    ]),
    '',
    ...faults,
    ...missingPeers(rows),
    `${rows.length} rows of ${models} models: ${['held', 'chance', 'FAULT'].map((verdict) => `${count(verdict)} ${verdict}`).join(', ')}`,
  ].join('\n');
}

/** `chance`: the rule is broken by what the samples cannot tell from chance. */
function verdictOf(row) {
  const breaks = breaksOf(row);
  if (breaks.length === 0) return 'held';
  return isChance(breaks) ? 'chance' : 'FAULT';
}

const nameOf = ({ source, calibration }) => `${source}, ${calibration}`;

/** What a peer could not do is told, so that nobody takes its silence for a comparison. */
const missingPeers = (rows) =>
  rows.flatMap((row) =>
    Object.entries(row.peers)
      .filter(([, { error }]) => error !== undefined)
      .map(([name, { error }]) => `left out  ${nameOf(row)}: ${name}: ${error}`),
  );

function cell(values) {
  if (values === undefined) return '-';
  if (values.error !== undefined) return 'fails';
  const { sqnrDb, agree, top1, auc } = values;
  const parts = [Number.isFinite(sqnrDb) ? sqnrDb.toFixed(1) : 'equal'];
  if (agree !== undefined) parts.push((100 * agree).toFixed(1));
  if (top1 !== undefined) parts.push((100 * top1).toFixed(1));
  if (auc !== undefined) parts.push(auc.toFixed(4));
  return parts.join('/');
}
