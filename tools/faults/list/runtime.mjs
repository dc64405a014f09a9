// faults of the runtimes are avoided, and figures promised to the firmware hold.
const memory = 'packages/memory-planner/src';
const writer = 'packages/tflite-writer/src';

export const runtime = [
  {
    name: 'a bound that counts what the numbers may make needless',
    file: 'packages/quantizer/src/foretell/foretell.ts',
    find: '[form(nothingMeasured), form(wideRanges(graph))]',
    replace: '[form(wideRanges(graph)), form(wideRanges(graph))]',
    suite: 'packages/quantizer/src/foretell/foretell.spec.ts',
  },
  {
    name: 'a limit of the arena that the profile sets and nobody keeps',
    file: 'packages/pipeline/src/fit.ts',
    find: 'return limit !== undefined && limit < region',
    replace: 'return limit !== undefined && limit < -region',
    suite: 'packages/pipeline/src/profile-settings.spec.ts',
  },
  {
    name: 'weights that runtimes scale differently',
    file: 'packages/quantizer/src/plan/require-representable.ts',
    find: 'if (slice < 0) continue;',
    replace: 'if (slice > -2) continue;',
    suite: 'packages/quantizer/src/plan/require-representable.spec.ts',
  },
  {
    name: 'SOFTMAX of another rank on the ESP runtimes',
    file: 'device-profiles/runtimes/tflm-esp-nn.json',
    find: '"minRank": 3, "smaller": [1, -1]',
    replace: '"minRank": 9, "smaller": [1, -1]',
    suite: 'packages/pipeline/src/avoid-faults.spec.ts',
  },
  {
    name: 'scratch of the ESP32-S3 by the latest ESP-NN alone',
    file: `${memory}/kernel-memory/node-memory.ts`,
    find: "table: espNnKernels('s3-1.1'), espNnBefore: '1.2.1' }",
    replace: "table: espNnKernels('s3'), espNnBefore: '1.2.1' }",
    suite: `${memory}/plan-memory.spec.ts`,
  },
  {
    name: 'the version of ESP-NN that the firmware needs left out of its header',
    file: 'packages/c-exporter/src/files/model-settings.ts',
    find: '...needs.map((each) => comment(`Needs ${each.component} ${each.from} or later: ${each.why}.`)),',
    replace: '',
    suite: 'packages/c-exporter/src/export-c.spec.ts',
  },
  {
    name: 'a plan accepted that puts two tensors in one place',
    file: `${writer}/verify/verify-memory-plan.ts`,
    find: 'if (pair !== undefined) refusePlan(',
    replace: 'if (pair?.length === 0) refusePlan(',
    suite: 'packages/importers/src/tflite/memory-plan.spec.ts',
  },
  {
    name: 'a plan accepted that writes before the arena',
    file: `${writer}/verify/verify-memory-plan.ts`,
    find: 'if (offset < 0 || offset % alignment !== 0)',
    replace: 'if (offset === 0.5)',
    suite: 'packages/importers/src/tflite/memory-plan.spec.ts',
  },
  {
    name: 'an estimate below the truth: descriptors of the inputs and outputs',
    file: `${memory}/arena-estimate.ts`,
    find: 'for (const id of ids) keepDescriptor(ledger, tensorAt(graph, id));',
    replace: '',
    suite: `${memory}/operator-arenas.spec.ts`,
  },
  {
    name: 'an estimate below the truth by 16 bytes',
    file: `${memory}/arena-estimate.ts`,
    find: 'usedBytes: ledger.top + activationBytes,',
    replace: 'usedBytes: ledger.top + activationBytes - 16,',
    suite: `${memory}/operator-arenas.spec.ts`,
  },
  {
    name: 'a firmware that is told to use less than setting up takes',
    file: 'packages/pipeline/src/fit.ts',
    find: 'const needed = Math.max(estimate.usedBytes, estimate.leastArenaBytes);',
    replace: 'const needed = Math.min(estimate.usedBytes, estimate.leastArenaBytes) && estimate.usedBytes;',
    suite: 'packages/pipeline/src/fit.spec.ts',
  },
  {
    name: 'an arena that cannot be static declared as if it could',
    file: 'packages/c-exporter/src/files/model-settings.ts',
    find: 'const { bytes, marginPercent, fromHeap } = arena;',
    replace: 'const { bytes, marginPercent, fromHeap } = { ...arena, fromHeap: false };',
    suite: 'packages/c-exporter/src/export-c.spec.ts',
  },
  {
    name: 'a device advised that may not have the room',
    file: 'packages/pipeline/src/remedies/remedies.ts',
    find: 'return fits(most) ? most : undefined;',
    replace: 'return most;',
    suite: 'packages/pipeline/src/refuse.spec.ts',
  },
];
