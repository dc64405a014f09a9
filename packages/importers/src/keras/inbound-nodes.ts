// Reads what a functional layer is applied to, in the forms of Keras 2 and Keras 3.
import { entry, isList, isObject, type Json } from './json.js';
import type { Argument, CallConfig, TensorRef } from './model-config.js';
import { invalidConfig } from './refuse.js';

const CONSTANT = '_CONSTANT_VALUE';

export function readCalls(value: Json | undefined, layer: string): CallConfig[] {
  if (value === undefined || value === null) return [];
  if (!isList(value)) return invalidConfig('inbound_nodes is not a list', `layer ${layer}`);
  return value.map((node) => (isObject(node) ? readKeras3(node, layer) : readKeras2(node, layer)));
}

/** `[["name", node, tensor, {named}], ...]`, or one such entry without the outer list. */
function readKeras2(node: Json, layer: string): CallConfig {
  if (!isList(node)) return invalidConfig('an inbound node is not a list', `layer ${layer}`);
  const entries = typeof node[0] === 'string' ? [node] : node;
  const named = new Map<string, Argument>();
  const positional = entries.map((item): Argument => {
    if (!isList(item)) return invalidConfig('an inbound node names no layer', `layer ${layer}`);
    const keywords = item[3];
    if (isObject(keywords)) {
      for (const key of Object.keys(keywords)) named.set(key, readKeras2Keyword(keywords[key]!));
    }
    if (item[0] === CONSTANT) return { kind: 'value', value: item[2] ?? null };
    return { kind: 'tensor', ref: readRef(item, layer) };
  });
  return { positional, named };
}

/** A keyword holds either a plain value or, as `["name", node, tensor]`, another tensor. */
function readKeras2Keyword(value: Json): Argument {
  const ref = refIn(value);
  return ref === undefined ? { kind: 'value', value } : { kind: 'tensor', ref };
}

/** `{"args": [...], "kwargs": {...}}` with tensors as `__keras_tensor__` objects; lists are flattened. */
function readKeras3(node: { readonly [key: string]: Json }, layer: string): CallConfig {
  const args = entry(node, 'args');
  const kwargs = entry(node, 'kwargs');
  if (!isList(args)) return invalidConfig('an inbound node has no arguments', `layer ${layer}`);
  const positional = args.flatMap((argument) => flatten(argument, layer));
  const named = new Map<string, Argument>();
  for (const [key, value] of isObject(kwargs) ? Object.entries(kwargs) : []) {
    const given = flatten(value, layer);
    // What a layer is applied to may be given by name: layer(inputs=[a, b]).
    if (key === 'inputs' && positional.length === 0) positional.push(...given);
    else if (given.length > 0) named.set(key, given.length === 1 ? given[0]! : { kind: 'value', value });
  }
  return { positional, named };
}

function flatten(value: Json, layer: string): Argument[] {
  const history = historyOf(value);
  if (history !== undefined) return [{ kind: 'tensor', ref: readRef(history, layer) }];
  if (isList(value) && value.some((item) => historyOf(item) !== undefined))
    return value.flatMap((item) => flatten(item, layer));
  return [{ kind: 'value', value }];
}

function historyOf(value: Json): readonly Json[] | undefined {
  if (!isObject(value) || entry(value, 'class_name') !== '__keras_tensor__') return undefined;
  const config = entry(value, 'config');
  const history = isObject(config) ? entry(config, 'keras_history') : undefined;
  return isList(history) ? history : undefined;
}

/** `["name", node, tensor, ...]` as a reference; undefined when it is not one. */
function refIn(value: Json): TensorRef | undefined {
  if (!isList(value) || value.length < 3) return undefined;
  const [layer, node, tensor] = value;
  if (typeof layer !== 'string' || layer === CONSTANT || typeof node !== 'number' || typeof tensor !== 'number')
    return undefined;
  return Number.isInteger(node) && Number.isInteger(tensor) && node >= 0 && tensor >= 0
    ? { layer, node, tensor }
    : undefined;
}

export function readRef(value: Json, where: string): TensorRef {
  return refIn(value) ?? invalidConfig('a tensor is not given as [layer, node, tensor]', `layer ${where}`);
}

/** The inputs or outputs of a model: a list of references, one reference alone, or a dictionary of them. */
export function readRefs(value: Json | undefined, where: string): TensorRef[] {
  // Keras numbers what is in a dictionary in the order of its sorted keys.
  if (isObject(value))
    return Object.keys(value)
      .sort()
      .flatMap((key) => readRefs(value[key], where));
  if (!isList(value)) return invalidConfig('a model does not list its inputs and outputs', `layer ${where}`);
  if (typeof value[0] === 'string') return [readRef(value, where)];
  return value.flatMap((item) => readRefs(item, where));
}
