// model.h and model.c: one call per layer, the user's layer name above it.
import {
  c,
  comment,
  guarded,
  integer,
  join,
  placementMacro,
  stringLiteral,
  unsigned,
  type CFragment,
} from '@wherry/c-source';
import { byteLength, elementCount, statesOf, tensorAt, type Graph, type TensorId } from '@wherry/graph';
import type { CompileRequest } from '../compiled-model.js';
import type { KernelCall } from '../kernel-call.js';
import { offsetOf, type ArenaPlan } from '../memory/plan-arena.js';
import { contextOf } from '../operator-context.js';
import { CallWriter, constantValues, elementType, type CallText } from './arguments.js';
import { includes, kernelText, ownKernels } from './kernel-text.js';
import { hasNonFinite } from './non-finite.js';

export interface ModelText {
  readonly header: CFragment;
  readonly source: CFragment;
  /** Bytes of the constants. */
  readonly constants: number;
  readonly callsMath: boolean;
}

export function modelText(request: CompileRequest, plan: ArenaPlan): ModelText {
  const { calls } = plan;
  const kernels = kernelText(new Set(calls.flat().map(({ file }) => file)));
  const layers = request.graph.nodes.map((_, step) => layerText(request, calls[step]!, step, plan, kernels.text.text));
  const declarations = layers.flatMap(({ texts }) => texts.flatMap((text) => text.declarations));
  const { names, placement = { section: null, why: 'with all constants' } } = request;
  const headers = [
    ...kernels.headers,
    'stdint.h',
    ...(keepsState(request) ? ['string.h'] : []),
    ...(hasNonFinite(request.graph, calls.flat()) ? ['math.h'] : []),
  ];
  const source = c`${banner(request)}
#include ${names.file('.h')}
${includes([...new Set(headers)].sort())}

${byteOrder}

${hooks(request)}

${placementMacro(placement, names, 'constants')}

${arena(request, plan)}

/* Kernels come as whole files, of which a model may leave functions unused. */
#ifdef __clang__
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wunused-function"
#endif

${ownKernels(kernels.text, names)}

#ifdef __clang__
#pragma clang diagnostic pop
#endif

${join(
  declarations.map((declaration) => c`${names.attributes} ${declaration}`),
  '\n\n',
)}

${operands(request, plan)}

void ${names.lower('run')}(void) {
${join(
  layers.map(({ block }) => block),
  '\n',
)}
}
`;
  const ofLayers = layers.flatMap(({ texts }) => texts).reduce((sum, { bytes }) => sum + bytes, 0);
  const constants = ofLayers + bytesOfConstantOutputs(request.graph);
  const callsMath = kernels.headers.includes('math.h');
  return { header: header(request, plan, callsMath), source, constants, callsMath };
}

/** Words of weights, and constants of 64 bits that are only moved, are written as the bytes of little-endian memory. */
const byteOrder = c`#if defined(__BYTE_ORDER__) && defined(__ORDER_LITTLE_ENDIAN__)
#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "The constants of this model are for little-endian cores."
#endif
#endif`;

function banner({ banner: lines }: CompileRequest): CFragment {
  return join(lines.map(comment), '\n');
}

function header(request: CompileRequest, plan: ArenaPlan, callsMath: boolean): CFragment {
  const { graph, names } = request;
  const layerNames = graph.nodes.map(({ origin }) => stringLiteral(origin));
  const library = callsMath
    ? c`\n/* Its source calls functions of math.h: link the mathematics library of C (-lm) where it stands apart. */\n`
    : c``;
  const body = c`${library}#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Bytes of the memory that a run works in; it is static unless ${names.macro('CALLER_ARENA')} is defined. */
#define ${names.macro('RUN_BYTES')} ${unsigned(plan.places.bytes)}

/* With ${names.macro('CALLER_ARENA')}: the memory to work in, aligned to 8 bytes, before all else.${keepsState(request) ? c` It holds what is kept from run to run, which begins anew: leave it to this model alone.` : c``} */
void ${names.lower('use_arena')}(void *memory);

${join(
  graph.inputs.map(
    (id, at) => c`${describe(graph, id, `Input ${at}`, 'written before each run, which overwrites it')}
${elementType(tensorAt(graph, id))} *${names.lower(`input_${at}`)}(void);`,
  ),
  '\n\n',
)}

${join(
  graph.outputs.map(
    (id, at) => c`${describe(graph, id, `Output ${at}`, 'as the last run left it, until an input is written')}
const ${elementType(tensorAt(graph, id))} *${names.lower(`output_${at}`)}(void);`,
  ),
  '\n\n',
)}

/* Runs the model on what its inputs hold. */
void ${names.lower('run')}(void);
${resetDeclaration(request)}
#define ${names.macro('LAYER_COUNT')} ${unsigned(graph.nodes.length)}
#define ${names.macro('LAYER_NAMES')} { ${join(layerNames, ', ')} }

#ifdef __cplusplus
}
#endif`;
  return c`${banner(request)}
${guarded(names, 'MODEL', body)}`;
}

function keepsState({ graph }: CompileRequest): boolean {
  return statesOf(graph).length > 0;
}

function resetDeclaration(request: CompileRequest): CFragment {
  if (!keepsState(request)) return c``;
  return c`
/* A run goes on from where the one before it ended. This lets the next begin as the first one did. */
void ${request.names.lower('reset')}(void);
`;
}

/** States are kept so that zeros are what they begin with: a static arena needs no reset before the first run. */
function reset(request: CompileRequest, plan: ArenaPlan): CFragment {
  if (!keepsState(request)) return c``;
  const { graph, names } = request;
  const lines = statesOf(graph).map((id) => {
    const { dtype, shape } = tensorAt(graph, id);
    return c`  memset(${placeOfTensor(request, plan, id)!}, 0, ${integer(byteLength(dtype, elementCount(shape)))});`;
  });
  return c`
void ${names.lower('reset')}(void) {
${join(lines, '\n')}
}
`;
}

function describe(graph: Graph, id: TensorId, what: string, when: string): CFragment {
  const { name, dtype, shape } = tensorAt(graph, id);
  return comment(`${what}, ${name.slice(0, 200)}: ${dtype} [${shape.join(', ')}], ${when}.`);
}

function hooks({ names }: CompileRequest): CFragment {
  const [file, before, after] = ['HOOKS', 'BEFORE_LAYER', 'AFTER_LAYER'].map((suffix) => names.macro(suffix)) as [
    CFragment,
    CFragment,
    CFragment,
  ];
  return c`/* What is to be done around each layer: define ${file} as the name of a file with these macros. */
#ifdef ${file}
#include ${file}
#endif
#ifndef ${before}
#define ${before}(layer) (void)0
#endif
#ifndef ${after}
#define ${after}(layer, output, data, bytes) (void)0
#endif`;
}

function arena(request: CompileRequest, plan: ArenaPlan): CFragment {
  const { names } = request;
  const begins = keepsState(request) ? c` ${names.lower('reset')}();` : c``;
  const [arena, storage] = [names.lower('arena'), names.lower('storage')];
  return c`#ifdef ${names.macro('CALLER_ARENA')}
static uint8_t *${arena};

void ${names.lower('use_arena')}(void *memory) { ${arena} = (uint8_t *)memory;${begins} }
#else
static union {
  uint8_t bytes[${integer(Math.max(1, plan.places.bytes))}];
  int64_t aligned;
} ${storage};
static uint8_t *const ${arena} = ${storage}.bytes;
#endif
${reset(request, plan)}`;
}

/** Pointer to the first byte of a tensor in the arena. */
function placeOfTensor({ names }: CompileRequest, plan: ArenaPlan, id: TensorId): CFragment | undefined {
  const offset = offsetOf(plan, id);
  return offset === undefined ? undefined : c`${names.lower('arena')} + ${integer(offset)}`;
}

function operands(request: CompileRequest, plan: ArenaPlan): CFragment {
  const { graph, names } = request;
  const pointer = (id: TensorId): CFragment =>
    c`(${elementType(tensorAt(graph, id))} *)(void *)(${placeOfTensor(request, plan, id)!})`;
  return join(
    [
      ...graph.inputs.map(
        (id, at) =>
          c`${elementType(tensorAt(graph, id))} *${names.lower(`input_${at}`)}(void) { return ${pointer(id)}; }`,
      ),
      ...graph.outputs.flatMap((id, at) => {
        const tensor = tensorAt(graph, id);
        const values = names.lower(`output_${at}_values`);
        const isConstant = tensor.data !== undefined;
        const value = isConstant ? values : pointer(id);
        const call = c`const ${elementType(tensor)} *${names.lower(`output_${at}`)}(void) { return ${value}; }`;
        return isConstant ? [c`${names.attributes} ${constantValues(values, tensor)}`, call] : [call];
      }),
    ],
    '\n',
  );
}

function bytesOfConstantOutputs(graph: Graph): number {
  const constants = graph.outputs.map((id) => tensorAt(graph, id)).filter(({ data }) => data !== undefined);
  return constants.reduce((sum, { dtype, shape }) => sum + byteLength(dtype, elementCount(shape)), 0);
}

function layerText(
  request: CompileRequest,
  calls: readonly KernelCall[],
  step: number,
  plan: ArenaPlan,
  source: string,
): { readonly block: CFragment; readonly texts: readonly CallText[] } {
  const { graph, names } = request;
  const node = graph.nodes[step]!;
  const context = contextOf(graph, node);
  const texts = calls.map((call, at) => {
    const prefix = `layer_${step}${calls.length > 1 ? `_${at}` : ''}`;
    const usesScratch = call.arguments.some((one) => one.is === 'scratch' && one.bytes > 0);
    const scratch = c`${names.lower('arena')} + ${integer(usesScratch ? plan.scratchAt(step, at) : 0)}`;
    const writer = new CallWriter(
      source,
      names,
      prefix,
      context,
      ({ is, position }) => placeOfTensor(request, plan, (is === 'output' ? node.outputs : node.inputs)[position]!),
      scratch,
    );
    return writer.write(call);
  });
  const { dtype, shape } = context.outputs[0]!;
  const after = node.outputs.map((id, at) => {
    const { dtype: type, shape: size } = tensorAt(graph, id);
    const bytes = byteLength(type, elementCount(size));
    return c`  ${names.macro('AFTER_LAYER')}(${integer(step)}, ${integer(at)}, ${placeOfTensor(request, plan, id)!}, ${integer(bytes)});`;
  });
  const block = c`  ${comment(`${step}, ${node.origin.slice(0, 200)}: ${node.kind} to ${dtype} [${shape.join(', ')}]${calls.length === 0 ? ', the same bytes' : ''}`)}
  ${names.macro('BEFORE_LAYER')}(${integer(step)});
  {
${join(
  texts.flatMap(({ variables, statement }) => [...variables, statement].map((line) => c`    ${line}`)),
  '\n',
)}
  }
${join(after, '\n')}`;
  return { block, texts };
}
