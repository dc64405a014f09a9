// A baseline as text: one metric a line, read as it was written, and whatever else stands there is refused.
import { baselineText, metricsOf, parseBaseline, type Baseline } from './baseline.js';
import { exact } from './metric.js';

const spread = { median: 12.5, mad: 0.25, windows: 5 };
const baseline: Baseline = {
  project: 'deploy.config.json',
  model: 'digits',
  profile: 'esp32',
  host: metricsOf([exact('input.model', 'ab'), exact('plan.layer."odd"\n', null), exact('memory.ram', 12)]),
  emu: new Map([
    ['b gcc 13', metricsOf([exact('time.instructions', 7)])],
    ['a gcc 12', metricsOf([exact('time.instructions', 8), exact('numbers.same', true)])],
  ]),
  hw: new Map([['chip', metricsOf([{ key: 'time.inferenceMs', value: spread, class: 'statistical' }])]]),
};

it('has one metric a line, and series in the order of their names', () => {
  expect(baselineText(baseline).split('\n')).toEqual([
    '{',
    '  "schemaVersion": 1,',
    '  "project": "deploy.config.json",',
    '  "model": "digits",',
    '  "profile": "esp32",',
    '  "host": {',
    '    "input.model": "ab",',
    '    "plan.layer.\\"odd\\"\\n": null,',
    '    "memory.ram": 12',
    '  },',
    '  "emu": {',
    '    "a gcc 12": {',
    '      "time.instructions": 8,',
    '      "numbers.same": true',
    '    },',
    '    "b gcc 13": {',
    '      "time.instructions": 7',
    '    }',
    '  },',
    '  "hw": {',
    '    "chip": {',
    '      "time.inferenceMs": {"median":12.5,"mad":0.25,"windows":5}',
    '    }',
    '  }',
    '}',
    '',
  ]);
});

it('is read as it was written', () => {
  const text = baselineText(baseline);
  expect(baselineText(parseBaseline(text, 'f'))).toBe(text);
  const names = { project: 'p', model: 'a', profile: 'b' };
  expect(parseBaseline(baselineText(names), 'f')).toEqual(names);
});

it.each([
  ['', 'f'],
  ['[]', 'it does not hold an object'],
  ['{ "schemaVersion": 2, "model": "a", "profile": "b" }', 'schema version 2'],
  ['{ "schemaVersion": 1, "model": "a" }', 'names no project, no model or no profile'],
  ['{ "schemaVersion": 1, "project": "p", "model": "a", "profile": "b", "sim": {} }', 'a part "sim"'],
  ['{ "schemaVersion": 1, "project": "p", "model": "a", "profile": "b", "host": [] }', 'metrics are no object'],
  ['{ "schemaVersion": 1, "project": "p", "model": "a", "profile": "b", "emu": { "x": 1 } }', 'metrics are no object'],
  [
    '{ "schemaVersion": 1, "project": "p", "model": "a", "profile": "b", "host": { "speed": 1 } }',
    'no part of the chain',
  ],
  [
    '{ "schemaVersion": 1, "project": "p", "model": "a", "profile": "b", "host": { "time.x": [1] } }',
    'no value that a metric can have',
  ],
  [
    '{ "schemaVersion": 1, "project": "p", "model": "a", "profile": "b", "host": { "time.x": { "median": 1 } } }',
    'no value that',
  ],
  [
    '{ "schemaVersion": 1, "project": "p", "model": "a", "profile": "b", "host": { "time.x": 1, "time.x": 2 } }',
    'time.x',
  ],
  ['<<<<<<< HEAD', 'f'],
])('refuses %s', (text, says) => {
  expect(() => parseBaseline(text, 'f')).toThrow(/BASELINE_INVALID/);
  expect(() => parseBaseline(text, 'f')).toThrow(says);
});

it('has each metric once', () => {
  expect(() => metricsOf([exact('time.x', 1), exact('time.x', 2)])).toThrow('two metrics');
});
