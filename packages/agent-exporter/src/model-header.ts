// `agent-model.h`: what the compiled backend of the agent has to know of the model that it runs.
import {
  byteList,
  c,
  float,
  integer,
  integerList,
  join,
  stringLiteral,
  unsigned,
  type CFragment,
} from '@wherry/c-source';
import type { ElementFormat } from '@wherry/device-protocol';
import type { AgentModel } from './agent-program.js';
import { hashBytes } from './hash-bytes.js';

export function modelHeader(model: AgentModel): CFragment {
  const { names, layout, arenaBytes, sha256, profile, toolVersion } = model;
  const { inputs, outputs, operators, tensors } = layout;
  return c`/* Written by wherry for one model; do not edit. */
#ifndef WHERRY_AGENT_MODEL_H
#define WHERRY_AGENT_MODEL_H

#include ${stringLiteral(`${model.name}.h`)}

#define WHERRY_MODEL_TOOL ${stringLiteral(toolVersion)}
#define WHERRY_MODEL_KERNELS ${stringLiteral(model.kernels)}
#define WHERRY_MODEL_PROFILE ${stringLiteral(profile)}
#define WHERRY_MODEL_ARENA ${unsigned(arenaBytes)}
#define WHERRY_MODEL_INPUT_BYTES ${unsigned(inputs.reduce((sum, bytes) => sum + bytes, 0))}
#define WHERRY_MODEL_INPUTS ${unsigned(inputs.length)}
#define WHERRY_MODEL_OUTPUTS ${unsigned(outputs.length)}
#define WHERRY_MODEL_OPERATORS ${unsigned(operators)}
#define WHERRY_MODEL_TENSORS ${unsigned(tensors.length)}
#define WHERRY_MODEL_MOST_OUTPUTS ${unsigned(mostOutputs(layout))}
#define WHERRY_MODEL_RUN ${names.lower('run')}
#define WHERRY_MODEL_RESET ${model.keepsStates ? names.lower('reset') : c`NULL`}

/* SHA-256 of the model as a .tflite file. */
static const uint8_t wherry_model_hash[] = {
${byteList(hashBytes(sha256))}};

static const uint16_t wherry_model_operator_of[] = {
${integerList(tensors.map(({ operator }) => operator))}};

static struct wherry_format wherry_model_format(unsigned position) {
  static const struct wherry_format formats[] = {
${join(model.formats.map(formatRow), '\n')}
  };
  return formats[position];
}

static struct wherry_room wherry_model_input(unsigned position) {
  struct wherry_room place;
  switch (position) {
${join(inputs.map(placed(names, 'input', c`uint8_t *`)), '\n')}
    default: place.data = NULL; place.length = 0; break;
  }
  return place;
}

static struct wherry_bytes wherry_model_output(unsigned position) {
  struct wherry_bytes place;
  switch (position) {
${join(outputs.map(placed(names, 'output', c`const uint8_t *`)), '\n')}
    default: place.data = NULL; place.length = 0; break;
  }
  return place;
}

#endif
`;
}

function formatRow({ bytes, isSigned, isReal, scale, zeroPoint }: ElementFormat): CFragment {
  const truth = (value: boolean): CFragment => (value ? c`true` : c`false`);
  return c`    {${unsigned(bytes)}, ${truth(isSigned)}, ${truth(isReal)}, ${float(scale)}, ${integer(zeroPoint)}},`;
}

function placed(
  names: AgentModel['names'],
  kind: 'input' | 'output',
  pointer: CFragment,
): (bytes: number, position: number) => CFragment {
  return (bytes, position) =>
    c`    case ${unsigned(position)}: place.data = (${pointer})${names.lower(`${kind}_${position}`)}(); place.length = ${unsigned(bytes)}; break;`;
}

/** Of one operator. */
function mostOutputs({ tensors }: AgentModel['layout']): number {
  const counts = new Map<number, number>();
  for (const { operator } of tensors) counts.set(operator, (counts.get(operator) ?? 0) + 1);
  return Math.max(1, ...counts.values());
}
