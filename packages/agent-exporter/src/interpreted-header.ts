// `agent-model.h`: what the agent around TensorFlow Lite Micro has to know of the model in it.
import { byteList, c, stringLiteral, unsigned, type CFragment } from '@wherry/c-source';
import type { InterpretedAgentModel } from './agent-program.js';
import { hashBytes } from './hash-bytes.js';

export function interpretedHeader(model: InterpretedAgentModel): CFragment {
  const { name, names } = model;
  return c`/* Written by wherry for one model; do not edit. */
#ifndef WHERRY_AGENT_MODEL_H
#define WHERRY_AGENT_MODEL_H

#include <stdint.h>

#include ${stringLiteral(`${name}_data.h`)}
#include ${stringLiteral(`${name}_ops.h`)}

#define WHERRY_MODEL_RUNTIME ${stringLiteral(model.runtime)}
#define WHERRY_MODEL_PROFILE ${stringLiteral(model.profile)}
#define WHERRY_MODEL_ARENA ${unsigned(model.arenaBytes)}
#define WHERRY_MODEL_INPUT_BYTES ${unsigned(model.inputBytes)}
#define WHERRY_MODEL_OPERATORS ${unsigned(model.operators)}
#define WHERRY_MODEL_OPERATOR_CODES ${unsigned(model.operatorCodes)}
#define WHERRY_MODEL_DATA ${names.symbol}
#define WHERRY_MODEL_RESOLVER ${names.lower('op_resolver')}
#define WHERRY_MODEL_REGISTER ${names.lower('register_ops')}

/* SHA-256 of the model as a .tflite file. */
static const uint8_t wherry_model_hash[] = {
${byteList(hashBytes(model.sha256))}};

#endif
`;
}
