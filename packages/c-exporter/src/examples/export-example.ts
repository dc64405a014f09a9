// From a model that stays a file to the source that shows how its runtime opens it.
import type { ExampleName } from '@wherry/profiles';
import { type CFragment, modelNames } from '@wherry/c-source';
import { symbolOf } from '../model-export.js';
import { cppCpuExample } from './cpp-cpu.js';
import { cppEdgeTpuExample } from './cpp-edgetpu.js';
import type { ExampleModel } from './example-model.js';
import { javascriptExample } from './javascript.js';
import { kotlinExample } from './kotlin.js';
import { swiftExample } from './swift.js';

const examples: {
  readonly [E in ExampleName]: { readonly ending: string; readonly write: (model: ExampleModel) => CFragment };
} = {
  'kotlin-cpu': { ending: 'kt', write: kotlinExample },
  'kotlin-gpu': { ending: 'kt', write: kotlinExample },
  'swift-metal': { ending: 'swift', write: swiftExample },
  'js-webgpu': { ending: 'js', write: javascriptExample },
  'cpp-cpu': { ending: 'cc', write: cppCpuExample },
  'cpp-edgetpu': { ending: 'cc', write: cppEdgeTpuExample },
};

/** Its name and its text: the same model gives the same, with no path and no clock in it. Throws EXPORT_NAME. */
export function exportExample(model: ExampleModel): readonly [file: string, text: CFragment] {
  const { ending, write } = examples[model.example];
  modelNames({ name: model.name, symbol: symbolOf(model.name) });
  return [`${model.name}_example.${ending}`, write(model)];
}
