import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importModel } from '@wherry/importers';
import {
  optimize,
  calibrate,
  chooseRanges,
  plan,
  apply,
  quantizeFeeds,
  Memory,
  trainableFormats,
} from '@wherry/quantizer';
import { differentiableEngine } from '@wherry/engine-tfjs';
import { train, trainingDefaults } from '@wherry/trainer';
import { deployHost } from '@wherry/pipeline';
import { poolsFor, spread } from './twins-samples.mjs';
import { defaultsCases } from './defaults-cases.mjs';
import { fileURLToPath } from 'node:url';
const shared = '/work/shared';
const only = process.argv[2] ?? '';
const N = Number(process.argv[3] ?? 100);
const scheme = process.argv[4] ?? 'int4';
const over = JSON.parse(process.argv[5] ?? '{}');
const host = deployHost('wasm', { lanes: 0 });
const engine = await host.engine();
const argmax = (v) => {
  let b = 0;
  for (let i = 1; i < v.length; i++) if (v[i] > v[b]) b = i;
  return b;
};
for (const each of defaultsCases.filter(({ source }) => source.includes(only))) {
  const graph = optimize(
    importModel(readFileSync(join(shared, 'models', each.source)), { fileName: each.source }).graph,
  ).graph;
  const exps = graph.inputs.map((id) => graph.tensors[id]).map(({ name, shape, dtype }) => ({ name, shape, dtype }));
  const { pool, judged: all } = await poolsFor({ data: each.data, expectations: exps, shared, most: 400 });
  const judged = spread(all, 400);
  const samples = spread(pool, N);
  async function* gen() {
    for (const s of samples) yield s.inputs;
  }
  const cal = await calibrate(graph, engine, gen(), { count: samples.length });
  const fe = await engine.prepare(graph);
  const expected = [];
  for (const s of judged) expected.push((await fe.run(s.inputs)).map((x) => x.slice()));
  const measure = async (name, made) => {
    const ex = await engine.prepare(made.graph);
    let sig = 0,
      noise = 0,
      agree = 0,
      right = 0,
      fr = 0,
      lab = 0;
    for (let i = 0; i < judged.length; i++) {
      const out = await ex.run(quantizeFeeds(made.graph, judged[i].inputs));
      const q = made.graph.tensors[made.graph.outputs[0]].quantization;
      const e = expected[i][0];
      const a = Float64Array.from(out[0], (v) => (q ? (Number(v) - q.zeroPoint[0]) * q.scale[0] : v));
      for (let k = 0; k < e.length; k++) {
        sig += e[k] ** 2;
        noise += (e[k] - a[k]) ** 2;
      }
      if (argmax(e) === argmax(a)) agree++;
      const l = judged[i].label;
      if (l !== undefined) {
        lab++;
        if (argmax(a) === l) right++;
        if (argmax(e) === l) fr++;
      }
    }
    ex.dispose();
    console.log(
      each.source.padEnd(40),
      name.padEnd(28),
      (10 * Math.log10(sig / noise)).toFixed(1) + ' dB',
      'agree',
      ((100 * agree) / judged.length).toFixed(1),
      lab ? `right ${((100 * right) / lab).toFixed(1)} float ${((100 * fr) / lab).toFixed(1)}` : '',
    );
  };
  const opts = { scheme, supports: () => true, granularity: () => 'per-axis', inputType: 'own', outputType: 'own' };
  const ranges = chooseRanges(graph, cal, { method: 'min-max', percentile: 99.99 });
  const p0 = plan(graph, ranges, opts);
  await measure(`${scheme} nearest`, apply(graph, p0));
  await measure(`${scheme} bias`, apply(graph, p0, { correctBias: cal }));
  const formats = trainableFormats(graph, p0, opts);
  const last = graph.nodes.find((n) => n.outputs.includes(graph.outputs[0]));
  const isS = last.kind === 'SOFTMAX';
  const id = isS ? last.inputs[0] : graph.outputs[0];
  const shape = graph.tensors[id].shape;
  let power = 0;
  for (const e of expected) for (const v of e[0]) power += (v * v) / expected.length / e[0].length;
  const heads = [{ id, kind: isS ? 'softmax' : 'values', classes: shape.at(-1), power }];
  const cut = { ...graph, outputs: [id] };
  const ts = samples.map((s) => ({ inputs: s.inputs, truths: [undefined] }));
  const diff = await differentiableEngine('wasm');
  const t = Date.now();
  const trained = await train(
    diff,
    {
      graph: cut,
      teacher: cut,
      heads,
      formats,
      ranges: formats.ranges,
      samples: ts.filter((_, i) => i % 5 !== 2),
      heldBack: ts.filter((_, i) => i % 5 === 2),
    },
    { ...trainingDefaults, ...over },
    {
      epoch: (f) =>
        console.log(f.epoch, f.loss.toFixed(4), f.heldBack.toFixed(4), ((Date.now() - t) / 1000).toFixed(0) + 's'),
    },
  );
  const g2 = {
    ...graph,
    tensors: graph.tensors.map((x, i) => (trained.constants.has(i) ? { ...x, data: trained.constants.get(i) } : x)),
  };
  const r2 = new Map(ranges);
  for (const [i, a] of formats.activations)
    if (!a.fixed) r2.set(i, { ...trained.ranges.get(a.group), from: 'training' });
  const p2 = plan(g2, r2, { ...opts, magnitudes: trained.magnitudes });
  await measure(`${scheme} trained kept ${trained.kept}`, apply(g2, p2));
}
process.exit(0);
