// The trade-off that a mixture of two schemes was found by: what each number of raised layers was worth.
import { counted, printable } from '@wherry/graph';
import type { Mix, MixPoint } from '../deployment.js';
import { shareText } from './chance-text.js';
import { grouped } from './numbers.js';
import { reportWidth, wrapText } from './wrap-text.js';

const under = ' '.repeat(13);

/** Under the line of the scheme. */
export function mixLines({ high, raised, of, curve }: Mix): string[] {
  const points = curve.map((point) => `${under}${String(point.layers).padStart(4)} of ${of}: ${pointText(point)}`);
  return [
    ...wrapText(`${under}in ${high}: ${raised.map(printable).join(', ')}`, reportWidth, `${under}  `),
    `${under}${triedOn(curve)}, of ${counted(of, 'layer')} that could be raised:`,
    ...points,
  ];
}

function triedOn(curve: readonly MixPoint[]): string {
  const samples = Math.max(0, ...curve.map((point) => point.samples));
  return samples === 0 ? 'tried' : `tried on ${counted(samples, 'calibration sample')}`;
}

function pointText({
  workShare,
  arenaBytes,
  sqnrDb,
  agreement,
  agreementChance,
  accurate,
  fits,
  refuted,
}: MixPoint): string {
  return [
    `${(100 * workShare).toFixed(0)} % of the work`,
    ...(agreement === null ? [] : [`${shareText(agreement, 1, agreementChance)} of the decisions as float`]),
    ...(sqnrDb === null ? [] : [`${sqnrDb.toFixed(1)} dB`]),
    `arena ${grouped(arenaBytes)}`,
    ...(sqnrDb === null && agreement === null ? [] : [accurate ? 'accurate enough' : 'too inaccurate']),
    ...(fits ? [] : ['does not fit']),
    ...(refuted ? ['but not on the samples that the run is judged by'] : []),
  ].join(', ');
}
