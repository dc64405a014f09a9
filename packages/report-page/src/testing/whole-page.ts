// A page with everything on it, for the tests: names that want to be markup, and figures that can be found again.
import type { ReportPage } from '../page.js';

export const hostile = `</script><img src=x onerror="alert(1)">'"&`;

export function wholePage(name = 'conv'): ReportPage {
  const layer = (i: number) => ({
    layer: `${name}_${i}`,
    operator: 'CONV_2D',
    output: '1x4x4x2 int8',
    macs: 1000 * (i + 1),
    weightBytes: 100 + i,
    liveBytes: 2048 - i,
    sqnrDb: i === 3 ? undefined : 40 - 5 * i,
    decision: `int8, weights per axis 0 of ${name}`,
    histogram: {
      low: -2,
      high: 2,
      counts: [1, 0, 7, 30, 9, 2, 0, 1],
      covered: { low: -1, high: 1.5 },
      taken: { low: -2, high: 1.9 },
      words: '2.0 % of the values are cut off.',
    },
  });
  const rows = [0, 1, 2, 3].map(layer);
  return {
    title: `${name}.tflite`,
    tool: 'wherry 0.1.0',
    verdict: { state: 'bad', label: `Refused ${name}`, words: [`It does not fit ${name}.`] },
    refusal: { code: 'MODEL_DOES_NOT_FIT', what: name, where: name, next: name, remedies: [name, 'less'] },
    figures: [{ label: 'Flash', value: '12,345 bytes', words: name }],
    fit: {
      bars: [
        { label: 'Flash', used: 12_345, available: 100_000, words: 'the model' },
        { label: 'RAM', used: 3000, available: 2000, words: name },
      ],
      atLeast: true,
      notes: [name],
    },
    comparison: {
      baseline: name,
      words: [name],
      rows: [{ metric: 'Flash', before: '1', now: '2', verdict: 'worse', words: name }],
    },
    decisions: [{ what: 'Numbers', choice: 'int8', why: name }],
    schemes: [
      { scheme: 'int8', verdict: 'too inaccurate', why: name, sqnrDb: 12.5, flashBytes: 10, ramBytes: 20 },
      { scheme: 'int16x8', verdict: 'chosen', why: '', sqnrDb: null, flashBytes: null, ramBytes: null },
    ],
    candidates: {
      words: [name],
      rows: [
        { settings: 'min-max', sqnrDb: 30, samples: 12, gainDb: null, gainError: null, outcome: 'first' },
        { settings: name, sqnrDb: 32, samples: 12, gainDb: 2, gainError: 0.5, outcome: 'kept' },
      ],
    },
    sizes: {
      words: [name],
      bars: [
        { label: name, bytes: 4000 },
        { label: 'int8', bytes: 1000 },
      ],
    },
    accuracy: {
      words: [name],
      outputs: [
        {
          name,
          sqnrDb: 43,
          words: [name],
          decisions: {
            caption: name,
            rowsAre: 'label',
            columnsAre: 'class given',
            names: [name, 'other'],
            counts: [
              [5, 1],
              [0, 4],
            ],
          },
          flips: {
            total: 30,
            samples: [
              {
                id: name,
                number: 7,
                label: name,
                float: name,
                quantized: 'other',
                input: {
                  kind: 'picture',
                  width: 2,
                  height: 1,
                  channels: 3,
                  pixels: Uint8Array.of(255, 0, 0, 0, 255, 0),
                  words: name,
                },
              },
              {
                id: '31',
                number: 9,
                float: 'a',
                quantized: 'b',
                input: { kind: 'waveform', values: [0, 1, -1], words: name },
              },
            ],
          },
        },
      ],
    },
    layers: { words: [name], rows, samples: 16, worst: 2 },
    memory: {
      words: [name],
      steps: ['inputs', ...rows.map(({ layer: each }) => each)],
      buffers: [
        { name, kind: 'tensor', offset: 0, bytes: 1024, first: 0, last: 1 },
        { name: 'b', kind: 'tensor', offset: 1024, bytes: 1000, first: 1, last: 2 },
        { name: 'scratch', kind: 'scratch', offset: 2024, bytes: 24, first: 2, last: 2 },
        // Up to where the words about the room stand.
        { name: 'c', kind: 'tensor', offset: 1024, bytes: 1024, first: 3, last: 4 },
      ],
      bytes: 2048,
      room: 2100,
      live: [1024, 2024, 1024, 1024, 1024],
      peak: 1,
    },
    cost: {
      unit: 'instructions',
      words: [name],
      rows: rows.map(({ layer: each, operator, macs }, i) => ({
        layer: each,
        operator,
        macs,
        cost: macs * (4 - i),
        share: 0.25,
        perMac: 4 - i,
        plainCost: i === 0 ? null : macs * (6 - i),
      })),
    },
    parity: {
      words: [name],
      rows: [{ layer: name, kernels: name, what: name }],
      figures: [{ caption: name, rows: [{ output: name, samples: 3, figures: { acc: 1, rmse: 0.5, nse: null } }] }],
    },
    loss: {
      words: [name],
      causes: [{ cause: 'weights', share: 0.7, layers: name, evidence: name }],
      layers: [{ layer: name, share: 0.5, ownSqnrDb: 30, cause: 'weights' }],
    },
    warnings: [{ code: 'DATA_FEW_SAMPLES', what: name, where: name, next: name }],
    files: [{ name, bytes: 10, sha256: 'ab' }],
    provenance: [{ what: 'Model', value: name }],
  };
}
