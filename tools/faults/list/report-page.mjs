// The report page: what stands in names stays text, and what is shown is what was measured.
const page = 'packages/report-page/src';
const evidence = 'packages/pipeline/src/evidence';

export const reportPage = [
  {
    name: 'names on the page taken for markup',
    file: `${page}/markup.ts`,
    find: "if (typeof content === 'string') return escaped(content);",
    replace: "if (typeof content === 'string') return content;",
    suite: `${page}/render-page.spec.ts`,
  },
  {
    name: 'decibels of powers read as those of errors',
    file: `${page}/text/decibels.ts`,
    find: 'const ratio = 10 ** (sqnrDb / 20);',
    replace: 'const ratio = 10 ** (sqnrDb / 10);',
    suite: `${page}/text/decibels.spec.ts`,
  },
  {
    name: 'a flip counted by the label and not by the float model',
    file: `${evidence}/decision-witness.ts`,
    find: 'if (float.class === quantized.class) return;',
    replace: 'if (label === quantized.class) return;',
    suite: `${evidence}/decision-witness.spec.ts`,
  },
  {
    name: 'values at the end of a range counted as cut off',
    file: `${evidence}/value-witness.ts`,
    find: 'const kept = { low: (least - zeroPoint - 0.5) * scale, high: (greatest - zeroPoint + 0.5) * scale',
    replace: 'const kept = { low: (least - zeroPoint) * scale, high: (greatest - zeroPoint) * scale',
    suite: `${evidence}/value-witness.spec.ts`,
  },
  {
    name: 'noise without a signal reported as a ratio',
    file: 'packages/pipeline/src/accuracy/layer-errors.ts',
    find: 'return Number.isFinite(sqnrDb) ? [[id, sqnrDb]] : [];',
    replace: 'return [[id, sqnrDb]];',
    suite: 'packages/pipeline/src/accuracy/layer-errors.spec.ts',
  },
  {
    name: 'a page written over the work of somebody else',
    file: 'packages/pipeline/src/output/report-file.ts',
    find: 'if (status.size > 0 && !(await beginsWith(path, kind.mark)))',
    replace: 'if (false)',
    suite: 'packages/pipeline/src/output/page-file.spec.ts',
  },
  {
    name: 'a bound that fits shown as a model that fits',
    file: `${page}/charts/fit-bar.ts`,
    find: "over > 0 ? 'it does not fit' : atLeast ?",
    replace: "over > 0 ? 'it does not fit' : false ?",
    suite: `${page}/charts/fit-bar.spec.ts`,
  },
  {
    name: 'a sample called by its place among those that were taken',
    file: 'packages/pipeline/src/inputs/datasets.ts',
    find: 'yield { inputs, label, target, group, id };',
    replace: 'yield { inputs, label, target, group, id: String(ids.length - 1) };',
    suite: 'packages/pipeline/src/report-page/page-of-run.spec.ts',
  },
  {
    name: 'plain kernels that are wrong left out of the words about them',
    file: 'packages/pipeline/src/report-page/parity-of.ts',
    find: 'return plain === null ? [] : [sentence(plainVerdict(plain, parity, layers))];',
    replace: "return plain?.verdict !== 'different' ? [] : [];",
    suite: 'packages/pipeline/src/report-page/page-of-measurement.spec.ts',
  },
  {
    name: 'lines across without end where no layer has a decibel',
    file: `${page}/charts/columns.ts`,
    find: '?? 0), leastMost);',
    replace: '?? 0), Number.MIN_VALUE);',
    suite: `${page}/charts/columns.spec.ts`,
  },
];
