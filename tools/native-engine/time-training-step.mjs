// What a step of training costs on each engine: gradients by every weight and bias, and an update; the median of five.
//
//   node tools/native-engine/time-training-step.mjs MODEL [SAMPLES]
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { differentiableEngine } from '@wherry/engine-tfjs/differentiable';
import { positionsOf, tensorAt } from '@wherry/graph';
import { randomValues } from '@wherry/graph/cases';
import { importModel } from '@wherry/importers';
import { optimize } from '@wherry/quantizer';
import { median } from '../bench/measure-process.mjs';

const [model, samples = '16', backend] = process.argv.slice(2);
if (model === undefined) throw new Error('usage: node tools/native-engine/time-training-step.mjs MODEL [SAMPLES]');

// One engine to a process: what one has loaded is not to serve the other.
if (backend === undefined) {
  for (const name of ['wasm', 'node'])
    spawnSync(process.execPath, [fileURLToPath(import.meta.url), model, samples, name], { stdio: 'inherit' });
} else await report(backend);

async function report(name) {
  const { graph } = optimize(importModel(readFileSync(model)).graph);
  const { tf, differentiable } = await differentiableEngine(name);
  const prepared = differentiable(graph);
  const ids = graph.nodes.flatMap((node) =>
    [...positionsOf(node, 'weights'), ...positionsOf(node, 'bias')].flatMap((position) => node.inputs[position] ?? []),
  );
  const variables = new Map(ids.map((id) => [id, tf.variable(constantOf(tf, graph, id))]));
  const random = randomValues('inputs');
  const inputs = graph.inputs.map((id) => {
    const [first, ...rest] = tensorAt(graph, id).shape;
    const shape = [first * Number(samples), ...rest];
    return tf.tensor(Float32Array.from({ length: tf.util.sizeFromShape(shape) }, random), shape);
  });
  const optimizer = tf.train.adam(1e-4);
  const loss = () => tf.mean(tf.square(tf.sub(prepared.run(inputs, { variables })[0], 0.5)));
  const steps = Array.from({ length: 7 }, () => {
    const [start, before] = [process.hrtime.bigint(), process.cpuUsage()];
    optimizer.minimize(loss, true, [...variables.values()]).dataSync();
    const { user, system } = process.cpuUsage(before);
    return { wall: Number(process.hrtime.bigint() - start) / 1e6, cpu: (user + system) / 1e3 };
  }).slice(2);
  const of = (what) => median(steps.map((step) => step[what])).toFixed(0);
  console.log(`${name}: ${of('wall')} ms a step of ${samples} samples, ${of('cpu')} ms on all cores together`);
}

function constantOf(tf, graph, id) {
  const { data, shape } = tensorAt(graph, id);
  return tf.tensor(data, [...shape], 'float32');
}
