// Flash and RAM of the model beside what the device has.
import { grouped } from '@wherry/graph';
import type { FitBars, Sizes } from '@wherry/report-page';
import { percent } from '../report/numbers.js';
import type { RefusedReport } from '../report/refused-report.js';
import type { KnownReport, Report } from '../report/report.js';

/** Sizes are the least there can be: the shapes of the layers alone told them. */
export function isBound(report: Report | RefusedReport): boolean {
  return !report.ok && report.foreseen !== null;
}

export function fitOf(report: Report | RefusedReport): FitBars {
  const { memory, profile } = report;
  const { flash, ram, compiled } = memory;
  return {
    bars: [
      { label: 'Flash', ...flash, words: flashWords(compiled) },
      { label: 'RAM', ...ram, words: ramWords(memory, profile) },
    ],
    atLeast: isBound(report),
    notes: [
      ...(memory.arenaFromHeap
        ? ['The arena is too large for a static array on this device: the firmware takes it from the heap.']
        : []),
      ...(memory.carriedPlan
        ? ['The file carries a smaller plan of its memory than the runtime would make for itself.']
        : []),
      ...(memory.constantsInRam === undefined
        ? []
        : [
            `${grouped(memory.constantsInRam)} bytes of constants lie in RAM as well, and are counted off what there is.`,
          ]),
      ...(compiled !== null && compiled.withoutOverlaps > compiled.arena
        ? [
            `It would be ${grouped(compiled.withoutOverlaps)} bytes of RAM if outputs did not overwrite inputs as they are read.`,
          ]
        : []),
    ],
  };
}

/** Of a compiled model the code is known only where it is compiled. */
function flashLabel({ compiled }: KnownReport['memory']): string {
  return compiled === null ? 'All that lies in flash' : 'In flash, without the code';
}

function flashWords(compiled: KnownReport['memory']['compiled']): string {
  return compiled === null ? 'The file of the model.' : 'The constants of the model; its code comes on top.';
}

function ramWords({ compiled }: KnownReport['memory'], { layout, arenaMarginPercent }: KnownReport['profile']): string {
  if (compiled !== null) return 'All that a run works in, but the stack.';
  if (layout === 'file') return 'What tensors take at once, by an estimate.';
  return arenaMarginPercent === 0
    ? 'The arena.'
    : `The arena, with the margin of ${arenaMarginPercent} % that the profile asks for.`;
}

export function sizesOf(report: Report | RefusedReport): Sizes {
  const { constants, memory, quantization } = report;
  const { float, quantized } = constants;
  const least = isBound(report) ? ', at least' : '';
  const now = `Constants, ${quantization?.scheme ?? 'on the device'}${least}`;
  return {
    words:
      float === null
        ? ['The model was quantized already: what it was made of is not known.']
        : float === 0
          ? []
          : [
              `Weights and other constants take${isBound(report) ? ' at least' : ''} ${percent(quantized, float)} of what they take as real numbers of four bytes.`,
            ],
    bars: [
      ...(float === null ? [] : [{ label: 'Constants, float', bytes: float }]),
      { label: now, bytes: quantized },
      { label: `${flashLabel(memory)}${least}`, bytes: memory.flash.used },
    ],
  };
}
