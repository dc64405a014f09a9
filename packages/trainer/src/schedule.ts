// The learning rate over a training.
import type { TrainingSettings } from './training-settings.js';

/** Of the last step. */
const leastShare = 0.01;

/** `step` counts from 0. */
export function rateAt(
  { rate, schedule, warmup, epochs }: Pick<TrainingSettings, 'rate' | 'schedule' | 'warmup' | 'epochs'>,
  step: number,
  stepsPerEpoch: number,
): number {
  const [first, all] = [warmup * stepsPerEpoch, epochs * stepsPerEpoch];
  if (step < first) return (rate * (step + 1)) / first;
  const done = all <= first ? 1 : (step - first) / (all - first);
  switch (schedule) {
    case 'constant':
      return rate;
    case 'cosine':
      return rate * (leastShare + ((1 - leastShare) * (1 + Math.cos(Math.PI * done))) / 2);
    case 'step':
      return rate * 10 ** -Math.min(2, Math.floor(done * 3));
  }
}
