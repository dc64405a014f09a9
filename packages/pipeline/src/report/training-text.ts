// The lines of the report that say what training was worth.
import { counted } from '@wherry/graph';
import type { HeldBackFigures, JudgedOutput, TrainingSummary } from '../training/training-request.js';
import { percent } from './numbers.js';

export function trainingLines(training: TrainingSummary | null): string[] {
  if (training === null) return [];
  const { settings, samples, heldBack, epochs, keptEpoch, stoppedEarly, loss, engine } = training;
  const end = stoppedEarly ? 'as none came that was better' : 'to the end';
  return [
    `trained by ${settings.loss} on ${counted(samples, 'sample')} for ${counted(epochs, 'epoch')} (${engine}), ${end}`,
    `epoch ${keptEpoch} did best on ${counted(heldBack, 'sample')} held back: loss ${loss.before.toPrecision(3)} -> ${loss.after.toPrecision(3)}`,
    ...judgedLines(training),
  ];
}

function judgedLines({ judging, outputs, taken, settings }: TrainingSummary): string[] {
  const on = `on ${counted(judging, 'other')} held back`;
  const lines = outputs.map((output) => `${outputs.length > 1 ? `${output.name}: ` : ''}${figuresText(output)}`);
  const said = outputs.length > 1 ? [`${on}:`, ...lines] : [`${on}: ${lines.join('')}`];
  if (taken) return settings.sparsity > 0 ? said : [...said, 'a gain beyond chance'];
  const lost = outputs.some(({ verdict }) => verdict === 'loss');
  return [
    ...said,
    `${lost ? 'it lost there beyond chance' : 'it gained nothing there beyond chance'}, so that the model stayed as it was quantized`,
  ];
}

function figuresText({ before, after, verdict }: JudgedOutput): string {
  const figures = [
    figure('SQNR', before.sqnrDb, after.sqnrDb, dB),
    figure('same decision', before.agreement, after.agreement, share),
    figure('right', before.right, after.right, share),
    figure('AUC', before.auc, after.auc, four),
    figure('RMSE', before.rmse, after.rmse, digits),
  ];
  const shown = figures.filter((each) => each !== '').join('; ');
  return `${shown === '' ? 'nothing differs' : shown}${verdict === 'loss' ? ' (a loss)' : ''}`;
}

const dB = (value: number): string => `${value.toFixed(1)} dB`;
const four = (value: number): string => value.toFixed(4);
const digits = (value: number): string => value.toPrecision(4);
const share = (value: number): string => percent(value, 1);

function figure(
  what: string,
  before: HeldBackFigures[keyof HeldBackFigures],
  after: HeldBackFigures[keyof HeldBackFigures],
  text: (value: number) => string,
): string {
  return before === null || after === null ? '' : `${what} ${text(before)} -> ${text(after)}`;
}
