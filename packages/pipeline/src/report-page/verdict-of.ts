// What a run came to in a few sentences, and the few figures that are asked for first.
import { grouped, type Diagnostic } from '@wherry/graph';
import { decibels, errorWords, ratioWords, type Figure, type Refusal, type Verdict } from '@wherry/report-page';
import { shareText } from '../report/chance-text.js';
import { percent } from '../report/numbers.js';
import type { RefusedReport } from '../report/refused-report.js';
import type { KnownReport, Report } from '../report/report.js';
import { isBound } from './fit-of.js';

export function verdictOf(report: Report | RefusedReport): Verdict {
  const { model, profile, memory, layers, noisiest } = report;
  const numbers = report.quantization === undefined ? '' : ` in ${schemeName(report)}`;
  if (!report.ok)
    return {
      state: 'bad',
      label: 'Refused',
      words: [`${model.file} was not written for ${profile.id}${numbers}: ${report.error.title}.`],
    };
  return {
    state: 'good',
    label: `Fits ${profile.id}`,
    words: [
      `${model.file} runs on ${profile.id} (${profile.runtime})${numbers}.`,
      ...(memory.peak === null
        ? []
        : [
            `The peak of its memory is at ${memory.peak.layer}, where ${grouped(memory.peak.liveBytes)} bytes are alive at once, of ${layers.length} layers.`,
          ]),
      ...(noisiest === null
        ? []
        : [`The worst layer is ${noisiest.layer}, with a signal to noise of ${ratioWords(noisiest.sqnrDb)}.`]),
    ],
  };
}

export function schemeName({ quantization }: KnownReport): string {
  if (quantization === undefined) return '';
  const { scheme, has, mix } = quantization;
  if (has !== null) return has;
  return mix === null ? scheme : `${scheme} with ${mix.raised.length} of ${mix.of} layers in ${mix.high}`;
}

export function refusalOf({ error, remedies }: RefusedReport): Refusal {
  return { ...messageOf(error), remedies: remedies.map(({ what }) => what) };
}

function messageOf({ code, what, where, next }: Diagnostic): Omit<Refusal, 'remedies'> {
  return { code, what, where, next };
}

export function figuresOf(report: Report | RefusedReport): Figure[] {
  const least = isBound(report);
  return [
    memoryFigure('Flash', report.memory.flash, least),
    memoryFigure('RAM', report.memory.ram, least),
    ...outputFigures(report),
    { label: 'Work', value: grouped(report.cost.macs), words: 'multiply-adds an inference' },
  ];
}

function memoryFigure(label: string, { used, available }: KnownReport['memory']['flash'], least: boolean): Figure {
  const value = `${least ? 'at least ' : ''}${grouped(used)} bytes`;
  const of = available <= 0 ? 'there is none' : `${percent(used, available)} of ${grouped(available)}`;
  return { label, value, words: used > available ? `${of}: too much` : of };
}

/** Of the first output. */
function outputFigures({ accuracy: [output] = [] }: KnownReport): Figure[] {
  if (output === undefined) return [];
  const { sqnrDb, top1, threshold } = output;
  const decided = top1 ?? threshold;
  return [
    sqnrDb === null
      ? { label: 'Signal to noise', value: 'exact', words: 'every value is that of the float model' }
      : { label: 'Signal to noise', value: decibels(sqnrDb), words: errorWords(sqnrDb) },
    ...(decided === undefined || decided.decisions === 0
      ? []
      : [
          {
            label: 'Decided as by the float model',
            value: shareText(decided.agree, decided.decisions, undefined),
            words: `${decided.agree} of ${decided.decisions}`,
          },
        ]),
    ...(decided === undefined || decided.labelled === 0
      ? []
      : [
          {
            label: 'Right by the labels',
            value: shareText(decided.quantizedRight, decided.labelled, undefined),
            words: `${shareText(decided.floatRight, decided.labelled, undefined)} of the float model`,
          },
        ]),
  ];
}
