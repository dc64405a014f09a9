// What moved is told, whatever it is, and nothing passes that nobody has looked at.
const src = 'packages/pipeline/src/regression';

export const baselines = [
  {
    name: 'a pair without a baseline that passes',
    file: `${src}/judge.ts`,
    find: "return { ...of, verdict: 'failed', why, moved: [], differences: [] };",
    replace: "return { ...of, verdict: 'new series', why, moved: [], differences: [] };",
    suite: `${src}/test-project.spec.ts`,
  },
  {
    name: 'a metric that the baseline does not hold passed over',
    file: `${src}/compare.ts`,
    find: "if (!baseline.has(key)) return [{ ...of, move: 'new', baseline: null }];",
    replace: 'if (!baseline.has(key)) return [];',
    suite: `${src}/compare.spec.ts`,
  },
  {
    name: 'a metric that is measured no more passed over',
    file: `${src}/compare.ts`,
    find: 'keys.has(metric) ? [] :',
    replace: 'keys.size > 0 ? [] :',
    suite: `${src}/compare.spec.ts`,
  },
  {
    name: 'a ratchet that turns both ways',
    file: `${src}/compare.ts`,
    find: "return now > before === (kind === 'higher') ? 'better' : 'worse';",
    replace: "return 'better';",
    suite: `${src}/compare.spec.ts`,
  },
  {
    name: 'weights left out of what a baseline holds',
    file: `${src}/metrics/graph-digest.ts`,
    find: 'return digestOf(...constants.flatMap((id) => [JSON.stringify(formOf(graph, id)), ...dataOf(tensorAt(graph, id))]));',
    replace: 'return digestOf(...constants.map((id) => JSON.stringify(formOf(graph, id))));',
    suite: `${src}/planted-moves.spec.ts`,
  },
  {
    name: 'places in the arena left out of what a baseline holds',
    file: `${src}/metrics/memory-metrics.ts`,
    find: 'digestOf(JSON.stringify([buffers, best.offsets]))',
    replace: 'digestOf(JSON.stringify(buffers))',
    suite: `${src}/planted-moves.spec.ts`,
  },
  {
    name: 'versions of operators left out of what a baseline holds',
    file: `${src}/metrics/file-metrics.ts`,
    find: "const files = listFiles(deployment.files).filter(({ name }) => name !== report);\n  return [\n    exact('bytes.operators', operatorVersions(deployment.tflite)),",
    replace: 'const files = listFiles(new Map()).filter(({ name }) => name !== report);\n  return [',
    suite: `${src}/planted-moves.spec.ts`,
  },
  {
    name: 'an update where CI runs',
    file: `${src}/test-project.ts`,
    find: 'if (update && inCi)',
    replace: 'if (update && inCi && pairs.length === 0)',
    suite: `${src}/test-project.spec.ts`,
  },
  {
    name: 'baselines of nobody that are not told',
    file: `${src}/obsolete-baselines.ts`,
    find: '.filter((each) => !used.has(baselineName(each)))',
    replace: '.filter((each) => used.size === 0 && !used.has(baselineName(each)))',
    suite: `${src}/test-project.spec.ts`,
  },
  {
    name: 'files that are no baselines removed by an update',
    file: `${src}/baseline-folder.ts`,
    find: 'if ((await baselineIn(folder, pair))?.project === project) names.push(pair);',
    replace: 'names.push(pair);',
    suite: `${src}/test-project.spec.ts`,
  },
  {
    name: 'a named device that nothing goes to passed over',
    file: `${src}/pairs.ts`,
    find: 'const noModel = wanted.find((id) => pairs.every((pair) => pair.id !== id));',
    replace: 'const noModel = pairs.length > 0 ? undefined : wanted[0];',
    suite: `${src}/test-project.spec.ts`,
  },
  {
    name: 'labels that a baseline does not hold',
    file: `${src}/metrics/truth-metrics.ts`,
    find: 'hash.update(JSON.stringify([label ?? null, target',
    replace: 'hash.update(JSON.stringify([target',
    suite: `${src}/test-project.spec.ts`,
  },
];
