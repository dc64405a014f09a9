// What the samples are worth for choosing scales, in a few lines.
import type { DataQuality } from '../data-quality/data-quality.js';
import { reportWidth, wrapText } from './wrap-text.js';

const [head, under] = ['data         ', ' '.repeat(13)];

export function dataQualityLines(quality: DataQuality | null): readonly string[] {
  if (quality === null) return [];
  const lines = [
    verdictLine(quality),
    scalesLine(quality.scales),
    ...classLines(quality.classes),
    ...saturationLines(quality.saturation),
  ];
  return lines.flatMap((line, i) => wrapText(`${i === 0 ? head : under}${line}`, reportWidth, under));
}

function verdictLine({ verdict, findings }: DataQuality): string {
  if (verdict === 'doubtful') return `doubtful for choosing scales: see ${findings.join(', ')} below`;
  return verdict === 'sound'
    ? 'sound: nothing speaks against the scales that it gave'
    : 'nothing speaks against it so far';
}

function scalesLine({ verdict, samplesOfHalf, worst: [worst] }: DataQuality['scales']): string {
  if (verdict === 'unknown' || worst === undefined)
    return 'too few samples to tell whether others would move the scales';
  const ratio = worst.ratio > 100 ? 'more than 100' : worst.ratio.toFixed(2);
  const cut = worst.clipped === null ? '' : `, ${(100 * worst.clipped).toFixed(2)} % of the values cut off`;
  const most = `halves of ${samplesOfHalf} samples give scales within a factor of ${ratio}${cut} (${worst.layer})`;
  return verdict === 'steady' ? `scales are steady: ${most}` : `scales would move with other samples: ${most}`;
}

function classLines(cover: DataQuality['classes']): readonly string[] {
  if (cover === null) return [];
  const { by, classes, met, enough, missing, rare, alone } = cover;
  const unsure = enough ? '' : ', too few samples to miss one';
  const weak = missing.length + rare.length + alone.length === 0 ? '' : ': see the warning';
  return [`${met} of ${classes} classes are met, by the ${by}${unsure}${weak}`];
}

function saturationLines(saturation: DataQuality['saturation']): readonly string[] {
  if (saturation === null) return [];
  const { verdict, worst, samples } = saturation;
  const [first] = worst;
  if (first === undefined) return [];
  const shares = first.isInput
    ? `${percent(first.evaluation)} of the values lie outside of the scale (${first.layer})`
    : `${percent(first.evaluation)} of the values at an end of the scale, ${percent(first.calibration)} on calibration samples (${first.layer}; ${samples} of each looked at)`;
  return [
    `evaluation samples are cut off ${verdict === 'more' ? 'more' : 'as calibration samples are'}: at most ${shares}`,
  ];
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}
