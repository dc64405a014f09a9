// Tells Keras' own classes and functions from those of the program that saved the model, which may have the same names.
import { entry, type JsonObject } from './json.js';

/** Packages in which releases of Keras have lived. */
const PACKAGES = new Set(['keras', 'keras_core', 'tf_keras', 'tensorflow']);

/**
 * The full name of a class that is not Keras' own; undefined for Keras' own, and where the file does not say. Keras writes
 * the module of its own classes; a class of a program has another module, none when it stood in the program itself, and
 * `package>Name` when it was registered.
 */
export function foreignClass(object: JsonObject): string | undefined {
  const [className, registered, module] = ['class_name', 'registered_name', 'module'].map((key) => textIn(object, key));
  if (className?.includes('>')) return className;
  if (registered?.includes('>')) return registered;
  if (module === undefined) return registered;
  return PACKAGES.has(module.split('.', 1)[0]!) ? undefined : `${module}.${className ?? registered ?? ''}`;
}

/** Activations that Keras writes as a text alone, but as functions where TensorFlow ran as its version 1 did. */
const WRITTEN_AS_TEXTS = [
  'linear',
  'relu',
  'relu6',
  'sigmoid',
  'tanh',
  'softmax',
  'silu',
  'hard_sigmoid',
  'leaky_relu',
];

const OF_GENERATION: Readonly<Record<number, ReadonlySet<string>>> = {
  2: new Set([...WRITTEN_AS_TEXTS, 'swish']),
  3: new Set([...WRITTEN_AS_TEXTS, 'hard_silu']),
};

/** Whether a function given as `{module, config: name}` is one of the program: of its own ones, Keras writes the name alone. */
export function isForeignFunction(object: JsonObject, name: string, kerasVersion: number): boolean {
  const module = textIn(object, 'module');
  if (name.includes('>')) return true;
  if (module === undefined) return Object.hasOwn(object, 'module');
  if (module !== 'builtins') return !PACKAGES.has(module.split('.', 1)[0]!);
  return OF_GENERATION[kerasVersion]?.has(name) !== true;
}

function textIn(object: JsonObject, key: string): string | undefined {
  const value = entry(object, key);
  return typeof value === 'string' ? value : undefined;
}
