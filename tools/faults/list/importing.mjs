// what is imported is what the framework would run.
const keras = 'packages/importers/src/keras';
const tflite = 'packages/importers/src/tflite';

export const importing = [
  {
    name: 'weights matched by the last two parts of their path',
    file: `${keras}/match-names.ts`,
    find: 'const common = commonEnd(parts, wanted);',
    replace: 'const common = Math.min(2, commonEnd(parts, wanted));',
    suite: `${keras}/match-weights.spec.ts`,
  },
  {
    name: 'weights of a frozen part in the order of a trained one',
    file: `${keras}/own-weights.ts`,
    find: 'return isTrainable(layer, path) ? all : frozen(all);',
    replace: 'return all;',
    suite: `${keras}/match-weights.spec.ts`,
  },
  {
    name: 'ambiguous weights taken without a word',
    file: `${keras}/assign-weights.ts`,
    find: 'warnings.push(diagnose(importDiagnostics.KERAS_WEIGHTS_AMBIGUOUS, { what, where, next: COMPARE }));',
    replace: '',
    suite: `${keras}/match-weights.spec.ts`,
  },
  {
    name: 'slashes in the names of layers',
    file: `${keras}/weight-store.ts`,
    find: 'const group = inner === undefined ? undefined : openGroup(inner, layer);',
    replace:
      "const group = inner === undefined ? undefined : openGroup(inner, layer.slice(layer.lastIndexOf('/') + 1));",
    suite: `${keras}/match-weights.spec.ts`,
  },
  {
    name: 'Normalization(axis=None) taken for axis=-1',
    file: `${keras}/layers/adapted-normalization.ts`,
    find: "Object.hasOwn(values, 'axis') ? (values['axis'] ?? []) : -1;",
    replace: "values['axis'] ?? -1;",
    suite: `${keras}/layer-settings.spec.ts`,
  },
  {
    name: 'activations given as layers dropped',
    file: `${keras}/activation.ts`,
    find: 'return activateByLayer({ ...call, settings: { layer: call.settings.layer, className: layer, values } }, x);',
    replace: 'return x;',
    suite: `${keras}/layer-settings.spec.ts`,
  },
  {
    name: 'a fixed batch kept (Keras)',
    file: `${keras}/build-model.ts`,
    find: 'const whole = [1, ...fixed];',
    replace: 'const whole = [isSize(batch, 1) ? batch : 1, ...fixed];',
    suite: `${keras}/layer-settings.spec.ts`,
  },
  {
    name: 'a fixed batch kept (.tflite)',
    file: `${tflite}/one-sample.ts`,
    find: 'if (batch === undefined || hasOwnRows(graph, batch)) return { graph, warnings: [] };',
    replace: 'if (batch !== 0) return { graph, warnings: [] };',
    suite: `${tflite}/shapes-and-inputs.spec.ts`,
  },
  {
    name: 'inputs of whole numbers refused (Keras)',
    file: `${keras}/integer-inputs.ts`,
    find: 'if (type === undefined || CASTING.has(className)) return;',
    replace: 'if (type === undefined) return;',
    suite: `${keras}/layer-settings.spec.ts`,
  },
  {
    name: 'inputs of whole numbers that cannot be fed (.tflite)',
    file: `${tflite}/real-inputs.ts`,
    find: 'if (integers.length === 0) return { graph, warnings: [] };',
    replace: 'if (integers.length >= 0) return { graph, warnings: [] };',
    suite: `${tflite}/shapes-and-inputs.spec.ts`,
  },
  {
    name: 'recorded shapes believed instead of computed',
    file: `${tflite}/compute-shapes.ts`,
    find: 'if (sameShape(shape, tensor.shape) || !(moved || changed.has(id))) return;',
    replace: 'if (sameShape(shape, tensor.shape) || moved || changed.has(id)) return;',
    suite: `${tflite}/shapes-and-inputs.spec.ts`,
  },
  {
    name: 'int64 vectors aligned to 4 bytes refused',
    file: 'packages/tflite-writer/src/decode/flatbuffer-reader.ts',
    find: 'Math.max(elementSize, align) : Math.min(elementSize, 4)',
    replace: 'Math.max(elementSize, align) : elementSize',
    suite: 'packages/tflite-writer/src/decode/decode.spec.ts',
  },
  {
    name: 'augmentation layers of Keras 3 unknown',
    file: `${keras}/layers/training-only.ts`,
    find: "  'RandomGrayscale',\n",
    replace: '',
    suite: `${keras}/layer-settings.spec.ts`,
  },
  {
    name: 'weights of a .keras archive given to another layer',
    file: `${keras}/weights-by-place.ts`,
    find: 'counts.set(kind, count + 1);',
    replace: 'counts.set(kind, count);',
    suite: `${keras}/weights-by-place.spec.ts`,
  },
  {
    name: 'a changed byte of a .keras archive read',
    file: `${keras}/keras-archive.ts`,
    find: '|| crc32(content) !== member.crc',
    replace: '',
    suite: `${keras}/keras-archive.spec.ts`,
  },
  {
    name: 'quantized layers of Keras 3 taken for float ones',
    file: `${keras}/layers/index.ts`,
    find: 'if (policy === undefined) return;',
    replace: 'if (policy !== null) return;',
    suite: `${keras}/layer-settings.spec.ts`,
  },
];
