// The table of twins and the promises that a row breaks: pure rendering of measured rows.
import { chanceOfSplit } from './defaults-chance.mjs';
import { textTable } from './twins-figures.mjs';

/** Half a point more or less beside the twin is the luck of a few samples. */
const chance = 0.005;

/** Every promise that a row breaks, in words. */
export function faultsOf({ micro, illegal, tensorflow, ours, theirs, twin, classes, labelled, floatRight, samples }) {
  const faults = [];
  // What the kernel table forbids is never deployed to TFLite Micro.
  if (typeof micro === 'string') faults.push(...(illegal === undefined ? [micro] : []));
  else if (micro.differences > 0)
    faults.push(`${micro.differences} of ${micro.values} values differ from our reference`);
  if (typeof tensorflow === 'string') faults.push(`TensorFlow: ${tensorflow}`);
  if (ours !== undefined && labelled && losesDecisions(ours, floatRight, samples))
    faults.push(`top-1 ${percent(ours.right, samples)} against ${percent(floatRight, samples)} in float`);
  if (twin === undefined || ours === undefined) return faults;
  if (theirs === undefined) return [...faults, 'the twin does not run'];
  // Scales per row may cost bytes where they buy accuracy: size against accuracy is asked for by --compact-matrices.
  if (ours.bytes > theirs.bytes && ours.sqnrDb < theirs.sqnrDb + 6)
    faults.push(`${ours.bytes - theirs.bytes} bytes larger than the twin`);
  if (classes ? ours.agree < theirs.agree - chance * samples : ours.sqnrDb < theirs.sqnrDb)
    faults.push('agrees less with float than the twin');
  if (labelled && ours.right < theirs.right - chance * samples) faults.push('top-1 below that of the twin');
  return faults;
}

/** More than 0.2 points, and more of the decisions that differ from float than luck would turn to the worse. */
function losesDecisions({ right, lost, won }, floatRight, samples) {
  return right < floatRight - 0.002 * samples && chanceOfSplit(won, lost) <= 0.05;
}

const percent = (part, whole) =>
  part === undefined || whole === undefined ? '-' : `${((100 * part) / whole).toFixed(2)}`;
const decibels = (side) => (side === undefined ? '-' : side.sqnrDb.toFixed(2));

const heads =
  'source|samples|bytes|twin|agree %|twin|SQNR dB|twin|top-1 float|ours|twin|AUC float|ours|twin|Micro = ours|method|data';

export function report(rows, refused, quantized) {
  const lines = [heads.split('|')];
  for (const row of rows) {
    const { source, samples, ours, theirs, classes, labelled, floatRight, floatAuc, micro, illegal, chosen, from } =
      row;
    lines.push([
      source,
      samples,
      ours?.bytes ?? '-',
      theirs?.bytes ?? '-',
      classes ? percent(ours?.agree, samples) : '-',
      classes ? percent(theirs?.agree, samples) : '-',
      decibels(ours),
      decibels(theirs),
      percent(floatRight, samples),
      labelled ? percent(ours?.right, samples) : '-',
      labelled ? percent(theirs?.right, samples) : '-',
      floatAuc?.toFixed(4) ?? '-',
      ours?.auc?.toFixed(4) ?? '-',
      theirs?.auc?.toFixed(4) ?? '-',
      typeof micro === 'string'
        ? illegal === undefined
          ? 'no run'
          : 'refused'
        : `${micro.values - micro.differences}/${micro.values}`,
      chosen === undefined ? '-' : `${chosen.method}${chosen.correctBias ? '+bias' : ''}`,
      from,
    ]);
  }
  const faults = rows.flatMap((row) => faultsOf(row).map((fault) => `${row.source}: ${fault}`));
  const pairs = rows.filter(({ twin }) => twin !== undefined).length;
  return [
    textTable(lines),
    '',
    ...refused.map(({ source, code, what }) => `refused  ${source}: ${code}: ${what}`),
    '',
    `${rows.length} float sources deployed and run, ${pairs} of them with a twin; ${refused.length} refused; ${quantized} files left out that are quantized already`,
    ...faults.map((fault) => `FAULT  ${fault}`),
    `${faults.length} faults`,
  ].join('\n');
}
