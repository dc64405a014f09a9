// the same bytes for any number of threads, statistics of all values, and a choice that costs no more than it may.

const calibrate = 'packages/quantizer/src/calibrate';
const select = 'packages/quantizer/src/select';
const lanes = 'packages/pipeline/src/lanes';

export const lanesAndBudget = [
  {
    name: 'samples taken in another order than they came in',
    file: `${calibrate}/calibration-pass.ts`,
    find: 'this.#waiting.shift()!',
    replace: 'this.#waiting.pop()!',
    suite: `${calibrate}/calibration-lanes.spec.ts`,
  },
  {
    name: 'channels of one half for both, where each half has its lane',
    file: `${calibrate}/collection.ts`,
    find: 'const state = seenBy[fold]!',
    replace: 'const state = seenBy[0]!',
    suite: `${calibrate}/calibration-lanes.spec.ts`,
  },
  {
    name: 'a sample on the lane of the other half',
    file: `${calibrate}/calibration-pass.ts`,
    find: 'this.lanes[fold % this.lanes.length]!',
    replace: 'this.lanes[this.#waiting.length % this.lanes.length]!',
    suite: `${calibrate}/calibration-lanes.spec.ts`,
  },
  {
    name: 'averages in the order of the samples on two lanes',
    file: `${lanes}/lane-engine.ts`,
    find: 'clients().slice(0, task.collected.moving ? 1 : 2)',
    replace: 'clients().slice(0, 2)',
    suite: `${lanes}/lane-engine.spec.ts`,
  },
  {
    name: 'a layer called constant by what one lane has seen',
    file: `${calibrate}/calibration-pass.ts`,
    find: 'this.#parts.flatMap(',
    replace: '[this.#parts[0]!].flatMap(',
    suite: `${calibrate}/calibration-lanes.spec.ts`,
  },
  {
    name: 'samples that wait without end, with all that came of them',
    file: `${calibrate}/calibration-pass.ts`,
    find: 'Math.floor(greatestWaitingBytes / this.#sampleBytes)',
    replace: 'Infinity',
    suite: `${calibrate}/calibration-lanes.spec.ts`,
  },
  {
    name: 'a failure on a lane that ends the process before its turn',
    file: `${calibrate}/calibration-pass.ts`,
    find: '    seen.catch(() => undefined);\n',
    replace: '',
    suite: `${calibrate}/calibration-lanes.spec.ts`,
  },
  {
    name: 'an array of the engine kept and not copied',
    file: `${select}/recording.ts`,
    find: 'values.set(id, data.slice())',
    replace: 'values.set(id, data)',
    suite: `${select}/recording.spec.ts`,
  },
  {
    name: 'two graphs on a lane under one number',
    file: `${lanes}/lane-engine.ts`,
    find: 'nextExecutor++',
    replace: 'nextExecutor',
    suite: `${lanes}/lane-engine.spec.ts`,
  },
  {
    name: 'a request to stop that came while no lane was there, not heard',
    file: `${lanes}/lane-thread.ts`,
    find: '  signal?.throwIfAborted();\n',
    replace: '',
    suite: `${lanes}/lane-engine.spec.ts`,
  },
  {
    name: 'half of the values in no bin',
    file: `${calibrate}/vectors/vector-measures.ts`,
    find: 'held[b]! + held[b + 2 * middle]!',
    replace: 'held[b]!',
    suite: `${calibrate}/vectors/vector-measures.spec.ts`,
  },
  {
    name: 'bins that end before the memory is asked for',
    file: `${calibrate}/vectors/vector-measures.ts`,
    find: '        this.#reach(scratchAt + 16 * middle);\n',
    replace: '',
    suite: `${calibrate}/vectors/vector-measures.spec.ts`,
  },
  {
    name: 'the end of a range in the bins of the next channel',
    file: `${calibrate}/channel-statistics.ts`,
    find: 'while (magnitude >= this.#widths[c]! * middle)',
    replace: 'while (magnitude > this.#widths[c]! * middle)',
    suite: `${calibrate}/channel-statistics.spec.ts`,
  },
  {
    name: 'zeros of a sample counted once',
    file: `${calibrate}/histogram.ts`,
    find: 'this.counts[halfBins]! += count;',
    replace: 'this.counts[halfBins]! += 1;',
    suite: `${calibrate}/histogram.spec.ts`,
  },
  {
    name: 'a budget that is shown and not kept',
    file: `${select}/work-budget.ts`,
    find: 'this.#spent + seconds <= this.seconds',
    replace: 'this.seconds >= 0',
    suite: `${select}/work-budget.spec.ts`,
  },
  {
    name: 'work of the choice that no budget counts',
    file: `${select}/refine-ranges.ts`,
    find: ' || !contest.budget.affords(contest.budget.costOf(0, samples))',
    replace: '',
    suite: `${select}/refine-ranges.spec.ts`,
  },
  {
    name: 'channels not collected that the choice may even out',
    file: `${select}/select.ts`,
    find: 'channels: equalize !== false',
    replace: 'channels: equalize === true',
    suite: `${select}/collected-for.spec.ts`,
  },
  {
    name: 'the most that a model takes, without what its layers cannot share',
    file: 'packages/quantizer/src/foretell/foretell.ts',
    find: 'distinct(apart(most.graph))',
    replace: 'distinct(most.graph)',
    suite: 'packages/quantizer/src/foretell/foretell.spec.ts',
  },
];
