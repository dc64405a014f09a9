// Quantized models of ../shared in the form that the compiled runtime gets, with inputs that reach the ends of their numbers.
import type { Graph, TensorData } from '@wherry/graph';
import { attempt, deployHost, noProgress, readProfileFolder, requestOf } from '@wherry/pipeline';
import { inputsByChance } from '../../packages/pipeline/src/measure/measured-inputs.js';
import { sharedPath } from '../testing/src/index.js';

/** Of several makers: convolutions, depthwise ones, residuals, dense layers. */
export const sharedInt8Models = [
  'mlperf-tiny/ad01/ad01_int8.tflite',
  'mlperf-tiny/ic01/pretrainedResnet_quant.tflite',
  'mlperf-tiny/kws01/kws_ref_model.tflite',
  'tinymaix/mbnet96_0.25_q.tflite',
  'tinymaix/mnist_dw_q.tflite',
] as const;

/** Layers of a network that its makers run on int16. */
export const sharedInt16Models = [
  'tflm/seanet-int16/add/add10.tflite',
  'tflm/seanet-int16/conv/conv10.tflite',
  'tflm/seanet-int16/conv/conv21.tflite',
  'tflm/seanet-int16/pad/pad11.tflite',
  'tflm/seanet-int16/quantize/quantize0.tflite',
] as const;

/** The graph that is compiled for a microcontroller. */
export async function compiledGraph(model: string): Promise<Graph> {
  const settings = { model: sharedPath('models', model), profile: 'stm32h7', runtime: 'compiled-c' } as const;
  const { deployment, refused } = await attempt(
    requestOf(settings, ['model', 'profile']),
    await readProfileFolder(),
    deployHost(),
    noProgress,
  );
  if (deployment === undefined) throw refused.refusal;
  return deployment.quantized.graph;
}

/** `count` inputs: all of the least, all of the greatest, both in turn, and values by chance, as `deploy measure` makes them up. */
export function extremeInputs(graph: Graph, count: number): readonly (readonly TensorData[])[] {
  return inputsByChance(graph, count).feeds;
}
