// Series: of another toolchain what any has in common is held, and of another file nothing is kept.
import { metricsOf, type Baseline } from './baseline.js';
import { testExitCode } from './exit-code.js';
import { judge, updated, withoutNewSeries, type Measured } from './judge.js';
import { exact, type Metric } from './metric.js';
import { testJunit } from './test-junit.js';
import { testMarkdown } from './test-markdown.js';
import type { TestedPair, TestResult } from './test-result.js';
import { pairLines } from './test-text.js';

const names = { project: 'p', model: 'a', profile: 'b' };
const measured = (series: string | null, ...metrics: readonly Metric[]): Measured => ({
  ...{ tier: series === null ? 'host' : 'emu', series, metrics, warnings: [] },
});
const emu = (instructions: number, model = 'm', tensors = 5): readonly Metric[] => [
  exact('input.model', model),
  exact('numbers.tensors', tensors),
  exact('time.instructions', instructions),
];
const baseline: Baseline = { ...names, emu: new Map([['gcc 12', metricsOf(emu(100))]]) };

it('begins anew with another toolchain, where inputs and numbers are the same', () => {
  expect(judge(baseline, measured('gcc 12', ...emu(100)))).toMatchObject({ verdict: 'passed' });
  expect(judge(baseline, measured('gcc 12', ...emu(101)))).toMatchObject({ verdict: 'failed', moved: ['time'] });
  expect(judge(baseline, measured('gcc 13', ...emu(101)))).toMatchObject({ verdict: 'new series', differences: [] });
  expect(judge(baseline, measured('gcc 13', ...emu(101, 'other')))).toMatchObject({
    verdict: 'failed',
    moved: ['input'],
  });
  expect(judge(baseline, measured('gcc 13', ...emu(101, 'm', 6)))).toMatchObject({
    verdict: 'failed',
    moved: ['numbers'],
  });
});

describe('a series that the baseline does not hold', () => {
  const series = ['clang 9', 'gcc 12.1', 'gcc 12.2', 'gcc 9'];
  const known: Baseline = { ...names, emu: new Map(series.map((name) => [name, metricsOf(emu(name.length))])) };
  const judged = (name: string): TestedPair => ({ ...names, ...judge(known, measured(name, ...emu(1883))) });
  const result = (pair: TestedPair): TestResult => ({
    ...{ schemaVersion: 1, ok: true, tool: { name: 'wherry', version: '1' }, tiers: ['emu'], pairs: [pair] },
    ...{ obsolete: [], removed: [] },
  });

  it('is told beside the one that is called most alike', () => {
    expect(['gcc 12.3', 'gcc 99', 'clang 10'].map((name) => judged(name).nearest?.series)).toEqual([
      ...['gcc 12.2', 'gcc 9', 'clang 9'],
    ]);
    const pair = judged('gcc 12.3');
    expect(pair).toMatchObject({ verdict: 'new series', differences: [], moved: [] });
    expect(pair.nearest!.differences).toMatchObject([{ metric: 'time.instructions', baseline: 8, now: 1883 }]);
    for (const text of [pairLines(pair).join('\n'), testMarkdown(result(pair)).replaceAll('\\', '')]) {
      expect(text).toContain('beside gcc 12.2: 1 metric differs');
      expect(text).toMatch(/time\.instructions: 8 -> 1.?883 /);
    }
    expect(judge(known, measured('gcc 9', ...emu(5))).nearest).toBeNull();
  });

  it('fails where that is asked for', () => {
    const pair = withoutNewSeries(judged('gcc 12.3'));
    expect(pair).toMatchObject({ verdict: 'failed', why: expect.stringMatching(/no series of gcc 12\.3.*--update/) });
    expect(testExitCode({ ...result(pair), ok: false })).toBe(6);
    expect(testJunit(result(pair))).toContain('failures="1"');
    const passed: TestedPair = { ...names, ...judge(known, measured('gcc 9', ...emu(5))) };
    expect(withoutNewSeries(passed)).toBe(passed);
  });
});

it('keeps other series of the same file, and none of another', () => {
  const both = updated(baseline, measured('gcc 13', ...emu(101)));
  expect([...both.emu!.keys()]).toEqual(['gcc 12', 'gcc 13']);
  expect([...updated(both, measured('gcc 13', ...emu(7, 'other'))).emu!.keys()]).toEqual(['gcc 13']);
  expect(updated(both, measured(null, exact('bytes.model', 'm'))).emu!.size).toBe(2);
  expect(updated(both, measured(null, exact('bytes.model', 'other'))).emu!.size).toBe(0);
});
