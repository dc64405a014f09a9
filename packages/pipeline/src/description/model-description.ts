// What the file of a model says of itself to an application: how inputs are made ready, what outputs mean.
import type { Preprocessing } from '@wherry/calibration-data';
import { tensorAt, type Graph, type TensorId } from '@wherry/graph';
import { encodeDescription, type Description, type TensorDescription } from '@wherry/tflite-writer';
import type { DeployRun } from '../deployment.js';
import { firmwareNames } from '../export-files.js';
import { normalizationOf } from './normalization.js';

type Content = NonNullable<NonNullable<TensorDescription['content']>['content_properties']>;

/** The name under which the libraries of the runtimes look for class names. */
const labelsFile = 'labels.txt';

/** The same run gives the same bytes. No path and no clock is in it. */
export function modelDescription(run: DeployRun): Description {
  const { quantized, place, classNames: labels } = run;
  const { graph } = quantized;
  const description = `${place.scheme} for ${run.target.profile.id}, by wherry ${run.toolVersion}`;
  const bytes = encodeDescription({
    name: firmwareNames(run.request).name,
    description,
    subgraph_metadata: [
      {
        input_tensor_metadata: graph.inputs.map((id, at) => inputDescription(run, id, at)),
        output_tensor_metadata: graph.outputs.map((id, at) =>
          outputDescription(graph, id, at === 0 ? labels : undefined),
        ),
      },
    ],
  });
  return { bytes, files: labels === undefined ? new Map() : new Map([[labelsFile, lines(labels)]]) };
}

function inputDescription(run: DeployRun, id: TensorId, at: number): TensorDescription {
  const { name, shape, dtype } = tensorAt(run.quantized.graph, id);
  const data = run.calibration ?? run.evaluation;
  const pictures = data !== undefined && isPicture(shape, data.format);
  const channels = shape.at(-1) ?? 1;
  const normalization = data === undefined ? undefined : normalizationOf(data.preprocessing, pictures, channels);
  const seen = data?.lint.inputs[at];
  const declared = JSON.stringify(data?.preprocessing ?? {});
  return {
    name,
    ...(declared === '{}' ? {} : { description: `The samples of calibration were made ready by ${declared}.` }),
    content: {
      content_properties: pictures
        ? pictureOf(shape, data?.preprocessing.channels)
        : { type: 'FeatureProperties', value: {} },
    },
    ...(normalization && { process_units: [{ options: { type: 'NormalizationOptions', value: normalization } }] }),
    // Of integers that stand for real values it would be neither.
    ...(seen && dtype === 'float32' && { stats: { max: [seen.max], min: [seen.min] } }),
  };
}

function outputDescription(graph: Graph, id: TensorId, labels: readonly string[] | undefined): TensorDescription {
  const { name } = tensorAt(graph, id);
  const file = {
    name: labelsFile,
    description: 'Names of the classes, in order.',
    type: 'TENSOR_AXIS_LABELS' as const,
  };
  return {
    name,
    content: { content_properties: { type: 'FeatureProperties', value: {} } },
    ...(labels && { associated_files: [file] }),
  };
}

/** Formats whose values are the bytes of pixels. A folder may hold anything; three channels are a picture. */
function isPicture(shape: readonly number[], format: string): boolean {
  const channels = shape.length === 4 ? shape[3] : undefined;
  return channels === 3
    ? ['folder', 'image', 'cifar10'].includes(format)
    : channels === 1 && ['image', 'idx'].includes(format);
}

/** There is no word for blue, green, red. */
function pictureOf(shape: readonly number[], channels: Preprocessing['channels']): Content {
  const known = shape[3] === 3 ? 'RGB' : 'GRAYSCALE';
  const color_space = channels === 'bgr' ? 'UNKNOWN' : known;
  const default_size = { width: shape[2]!, height: shape[1]! };
  return { type: 'ImageProperties', value: { color_space, default_size } };
}

/** A name may hold a line break, which would move all that follow. */
function lines(labels: readonly string[]): Uint8Array {
  return new TextEncoder().encode(labels.map((label) => `${label.replace(/[\r\n]+/g, ' ')}\n`).join(''));
}
