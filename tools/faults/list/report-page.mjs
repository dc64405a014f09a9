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
];
