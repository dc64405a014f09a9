// From a model to the text of its C and C++ files.
import { elementCount, integerRange, WherryError } from '@wherry/graph';
import { type CFragment, identifierFault, type ModelNames, modelNames } from '@wherry/c-source';
import { exportDiagnostics } from './diagnostics.js';
import { modelDataAssembly, modelDataHeader, modelDataSource } from './files/model-data.js';
import { modelIoHeader } from './files/model-io.js';
import { modelOpsHeader } from './files/model-ops.js';
import { modelSelftestHeader } from './files/model-selftest.js';
import { modelSettingsHeader } from './files/model-settings.js';
import { namedTensors } from './files/tensor-names.js';
import type { InterpretedModel, ModelExport } from './model-export.js';

/** Every file that the export can write, by what follows the name of the model in its own. */
const files = {
  'data.h': modelDataHeader,
  'data.cc': modelDataSource,
  'data.S': modelDataAssembly,
  'ops.h': modelOpsHeader,
  'settings.h': modelSettingsHeader,
  'io.h': modelIoHeader,
  'selftest.h': modelSelftestHeader,
} as const satisfies { readonly [file: string]: (model: ModelExport, names: ModelNames) => CFragment };

type ExportedFile = keyof typeof files;

/** What only an interpreter reads. */
const interpreterFiles = ['data.h', 'data.cc', 'data.S', 'ops.h'] as const satisfies readonly ExportedFile[];

/**
 * The files by name: the same model gives the same text, with no path and no clock in it. Of model_data.cc and
 * model_data.S there is the one that the array format asks for, and model_selftest.h where there are cases; of a compiled model
 * there are settings, conversions and self-test only.
 * Throws EXPORT_NAME, EXPORT_SYMBOL and EXPORT_MODEL.
 */
export function exportC(model: ModelExport): ReadonlyMap<string, CFragment> {
  checkModel(model);
  const names = modelNames(model);
  const leftOut = new Set<ExportedFile>([model.arrayFormat === 'incbin' ? 'data.cc' : 'data.S']);
  if (model.selfTest.length === 0) leftOut.add('selftest.h');
  if (model.isCompiled === true) for (const file of interpreterFiles) leftOut.add(file);
  const written = (Object.keys(files) as ExportedFile[]).filter((file) => !leftOut.has(file));
  return new Map(written.map((file) => [`${model.name}_${file}`, files[file](model, names)]));
}

/** Those that an interpreter reads alone: the array with its header, and the operators. Throws as `exportC` does. */
export function exportInterpreted(model: InterpretedModel): ReadonlyMap<string, CFragment> {
  checkContent(model);
  checkOperators(model);
  const names = modelNames(model);
  const written = interpreterFiles.filter((file) => file !== (model.arrayFormat === 'incbin' ? 'data.cc' : 'data.S'));
  return new Map(written.map((file) => [`${model.name}_${file}`, files[file](model, names)]));
}

function refuse({ modelName }: InterpretedModel, what: string, next: string): never {
  throw new WherryError(exportDiagnostics.EXPORT_MODEL, { what, where: modelName.slice(0, 100), next });
}

function checkContent(model: InterpretedModel): void {
  if (model.model.length === 0) refuse(model, 'the model has no bytes', 'give the bytes of a .tflite file');
  if (model.model.length > 0x7fffffff)
    refuse(model, 'the model is larger than 2 GiB', 'no microcontroller can hold it');
  if (model.resolverMethods.length === 0)
    refuse(model, 'the model has no operators', 'give a model that computes something');
}

function checkOperators(model: InterpretedModel): void {
  const method = model.resolverMethods.find((name) => !/^Add[A-Z]/.test(name) || identifierFault(name) !== null);
  if (method !== undefined)
    refuse(
      model,
      `"${method.slice(0, 100)}" is no method of the op resolver`,
      'TensorFlow Lite Micro has no such operator: end the model before this layer, and compute the rest in the firmware',
    );
}

function checkModel(model: ModelExport): void {
  checkContent(model);
  const sizes = namedTensors(model).map((_, at) =>
    model.selfTest.map((one) => [...one.inputs, ...one.outputs][at]?.length),
  );
  if (sizes.some((each) => each.some((size) => size === undefined || size === 0 || size !== each[0])))
    refuse(model, 'its known answers are not alike in size', 'report this: the samples are wrong');
  if (model.isCompiled !== true) checkOperators(model);
  for (const { tensor, suffix } of namedTensors(model)) {
    const { dtype, quantization, shape } = tensor;
    if (elementCount(shape) > 0x7fffffff)
      refuse(model, `${suffix} has ${elementCount(shape)} elements`, 'no microcontroller can hold it');
    if (quantization === undefined) continue;
    const { scale, zeroPoint } = quantization;
    if (!(scale > 0) || !Number.isFinite(scale) || Math.fround(scale) !== scale)
      refuse(model, `${suffix} has the scale ${scale}`, 'quantize the model again');
    const [least, greatest] = integerRange(dtype);
    if (!Number.isInteger(zeroPoint) || zeroPoint < least || zeroPoint > greatest) {
      refuse(model, `${suffix} is ${dtype} with the zero point ${zeroPoint}`, 'quantize the model again');
    }
  }
}
