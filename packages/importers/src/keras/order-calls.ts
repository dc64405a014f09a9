// Puts the uses of layers into an order in which they can be built, whatever order the file lists them in.
import type { Argument, CallConfig, LayerConfig, TensorRef } from './model-config.js';
import { invalidConfig } from './refuse.js';

export interface OrderedCall {
  readonly layer: LayerConfig;
  readonly call: CallConfig;
  readonly key: string;
}

/** Names one use of a layer. */
export function callKey(ref: TensorRef): string {
  return `${ref.node}:${ref.layer}`;
}

/**
 * The uses that the outputs depend on, each after what it reads. `known`: uses that have a value already. Walks with a
 * stack of its own, since a chain of layers may be longer than the engine's.
 */
export function orderCalls(
  layers: ReadonlyMap<string, LayerConfig>,
  outputs: readonly TensorRef[],
  known: ReadonlySet<string>,
  where: string,
): OrderedCall[] {
  const ordered: OrderedCall[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const stack: { readonly ref: TensorRef; readonly leave: boolean }[] = [...outputs]
    .reverse()
    .map((ref) => ({ ref, leave: false }));
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const key = callKey(top.ref);
    if (known.has(key) || state.get(key) === 'done') continue;
    const { layer, call } = find(layers, top.ref, where);
    if (top.leave) {
      state.set(key, 'done');
      ordered.push({ layer, call, key });
      continue;
    }
    if (state.get(key) === 'open') invalidConfig('its layers form a loop', `layer ${layer.name}`);
    state.set(key, 'open');
    stack.push({ ref: top.ref, leave: true });
    const reads = [...call.positional, ...call.named.values()].flatMap(refsOf);
    for (const ref of reads.reverse()) stack.push({ ref, leave: false });
  }
  return ordered;
}

function refsOf(argument: Argument): readonly TensorRef[] {
  return argument.kind === 'tensor' ? [argument.ref] : [];
}

function find(
  layers: ReadonlyMap<string, LayerConfig>,
  ref: TensorRef,
  where: string,
): { layer: LayerConfig; call: CallConfig } {
  const layer =
    layers.get(ref.layer) ?? invalidConfig(`it refers to the layer ${ref.layer}, which does not exist`, where);
  const call =
    layer.calls[ref.node - layer.firstCall] ??
    invalidConfig(`use ${ref.node} of the layer ${ref.layer} does not exist`, where);
  return { layer, call };
}
