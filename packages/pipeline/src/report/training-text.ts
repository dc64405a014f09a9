// The lines of the report that say what training was worth.
import { counted } from '@wherry/graph';
import type { HeldBackFigures, JudgedOutput, TrainedAgain, TrainingSummary } from '../training/training-request.js';
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

function judgedLines(training: TrainingSummary): string[] {
  const { judging, outputs, again, settings } = training;
  const said = figuresLines(`on ${counted(judging, 'other')} held back`, outputs);
  const stayed = 'so that the model stayed as it was quantized';
  if (again === null) {
    const lost = outputs.some(({ verdict }) => verdict === 'loss');
    return [...said, `${lost ? 'it lost there beyond chance' : 'it gained nothing there beyond chance'}, ${stayed}`];
  }
  return [
    ...said,
    ...(settings.sparsity > 0 ? [] : ['a gain beyond chance']),
    `trained once more on all ${again.samples} for ${counted(training.keptEpoch, 'epoch')}, from what was found with all: this model`,
    ...figuresLines(
      `beside the one without training on ${counted(again.evaluated, 'sample')} to evaluate`,
      again.outputs,
    ),
    verdictLine(training, again, stayed),
  ];
}

function verdictLine({ taken }: TrainingSummary, { outputs }: TrainedAgain, stayed: string): string {
  if (!taken) return `it lost there beyond chance, ${stayed}`;
  if (outputs.some(({ verdict }) => verdict === 'loss')) return 'a loss beyond chance, which the zeros cost';
  if (outputs.some(({ verdict }) => verdict === 'gain')) return 'a gain beyond chance there too';
  return 'within chance there';
}

function figuresLines(on: string, outputs: readonly JudgedOutput[]): string[] {
  const lines = outputs.map((output) => `${outputs.length > 1 ? `${output.name}: ` : ''}${figuresText(output)}`);
  return outputs.length > 1 ? [`${on}:`, ...lines] : [`${on}: ${lines.join('')}`];
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
