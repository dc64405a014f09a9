// The lines of the report that say what training was worth.
import { counted } from '@wherry/graph';
import type { HeldBackFigures, TrainingSummary } from '../training/training-request.js';
import { percent } from './numbers.js';

export function trainingLines(training: TrainingSummary | null): string[] {
  if (training === null) return [];
  const { settings, samples, heldBack, epochs, keptEpoch, stoppedEarly, loss, before, after, taken, engine } = training;
  const end = stoppedEarly ? 'as none came that was better' : 'to the end';
  return [
    `trained by ${settings.loss} on ${counted(samples, 'sample')} for ${counted(epochs, 'epoch')} (${engine}), ${end}`,
    `epoch ${keptEpoch} did best on ${counted(heldBack, 'sample')} held back: loss ${loss.before.toPrecision(3)} -> ${loss.after.toPrecision(3)}`,
    `${figure('SQNR', before.sqnrDb, after.sqnrDb, dB)}${figure('; same decision', before.agreement, after.agreement, share)}${figure('; right', before.right, after.right, share)}`,
    ...(taken ? [] : ['it gained nothing there, so that the model stayed as it was quantized']),
  ];
}

const dB = (value: number): string => `${value.toFixed(1)} dB`;
const share = (value: number): string => percent(value, 1);

function figure(
  what: string,
  before: HeldBackFigures[keyof HeldBackFigures],
  after: HeldBackFigures[keyof HeldBackFigures],
  text: (value: number) => string,
): string {
  return before === null || after === null ? '' : `${what} ${text(before)} -> ${text(after)}`;
}
