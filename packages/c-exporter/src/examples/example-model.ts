// What an example for an application is made from, and the words that all of them say in a comment.
import { elementCount } from '@wherry/graph';
import type { ExampleName } from '@wherry/profiles';
import { c, comment, identifier, join, type CFragment } from '@wherry/c-source';
import type { ModelExport, TensorExport } from '../model-export.js';

export interface ExampleModel extends Pick<
  ModelExport,
  'modelName' | 'name' | 'inputs' | 'outputs' | 'keepsState' | 'profileId' | 'tool'
> {
  readonly example: ExampleName;
  /** `from`: the oldest version that the file is made for. */
  readonly runtime: { readonly name: string; readonly from: string };
  /** Of the .tflite, in hexadecimal. */
  readonly sha256: string;
  /** The numbers may be computed in float16; otherwise the runtime is asked for float32. */
  readonly halfPrecision: boolean;
}

/** Real values, or integers that stand for them: what an application wants to hand in and get as real numbers. */
export function isReal({ dtype, quantization }: TensorExport): boolean {
  return dtype === 'float32' || quantization !== undefined;
}

/** Least and greatest of the types that stand for real values. */
export const storedRange: { readonly [dtype: string]: readonly [number, number] } = {
  int8: [-128, 127],
  uint8: [0, 255],
  int16: [-32768, 32767],
};

/** `wake_word` gives `WakeWordExample`. */
export function className({ name }: Pick<ExampleModel, 'name'>): CFragment {
  const words = name.split('_').map((word) => word.slice(0, 1).toUpperCase() + word.slice(1));
  return identifier(`${words.join('')}Example`);
}

/** Class names with how a decision is made of output 0; undefined where there are none, or they do not name its values. */
export function decisionOf({ outputs: [first] }: Pick<ExampleModel, 'outputs'>): Decision | undefined {
  if (first === undefined || !isReal(first)) return undefined;
  const { labels = [] } = first;
  const values = elementCount(first.shape);
  if (labels.length > 1 && labels.length === values) return { by: 'greatest', labels };
  return labels.length === 2 && values === 1 ? { by: 'threshold', labels } : undefined;
}

/** `threshold`: one value, above one half for the second label. */
export interface Decision {
  readonly by: 'greatest' | 'threshold';
  readonly labels: readonly string[];
}

/** True where integers stand for real numbers at an input or output, so that they have to be converted. */
export function isStored({ dtype, quantization }: TensorExport): boolean {
  return quantization !== undefined && dtype !== 'float32';
}

/** `ending`: of the example's own name; `purpose`: what it shows; `steps`: what to install and where the file belongs. */
export function exampleBanner(
  model: ExampleModel,
  ending: string,
  purpose: string,
  steps: readonly string[],
): CFragment {
  const { name, runtime, tool, inputs, outputs, keepsState } = model;
  return join(
    [
      `${name}_example.${ending}: ${purpose}. A start for your own application.`,
      `Model: ${model.modelName.slice(0, 300)}, as ${name}.tflite (SHA-256 ${model.sha256}).`,
      `Made by ${tool.name} ${tool.version} for the profile ${model.profileId}: ${runtime.name} ${runtime.from} or later.`,
      ...steps,
      ...(keepsState
        ? ['It goes on from where the run before it ended: make it anew for a sequence that is not the same one.']
        : []),
      ...inputs.map((tensor, at) => described(tensor, `Input ${at}`)),
      ...outputs.map((tensor, at) => described(tensor, `Output ${at}`)),
    ].map(comment),
    '\n',
  );
}

function described({ name, shape, dtype, quantization, labels }: TensorExport, which: string): string {
  const elements = `${elementCount(shape)} value${elementCount(shape) === 1 ? '' : 's'}`;
  const scale =
    quantization === undefined
      ? ''
      : `, real = ${Number(quantization.scale.toPrecision(9))} * (stored ${signed(-quantization.zeroPoint)})`;
  const classes = labels === undefined || labels.length === 0 ? '' : `, ${labels.length} labels`;
  return `${which}, ${name.slice(0, 300)}: ${dtype}[${shape.join(', ')}], ${elements}${scale}${classes}.`;
}

function signed(value: number): string {
  return value < 0 ? `- ${-value}` : `+ ${value}`;
}

/** Elements of the shape, as a number. */
export function sizeOf({ shape }: TensorExport): number {
  return elementCount(shape);
}

/** What is put in where nothing is to be said. */
export const nothing = c``;
