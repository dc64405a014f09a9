// model_ops.h: registers exactly the operators of the model, in the order of its operator codes.
import { c, type CFragment, guarded, identifier, join, type ModelNames, unsigned } from '@wherry/c-source';
import type { InterpretedModel } from '../model-export.js';
import { banner } from './banner.js';

/** For C++; C sees nothing, since TensorFlow Lite Micro has no C interface for it. */
export function modelOpsHeader(model: InterpretedModel, names: ModelNames): CFragment {
  // A second registration of an operator is an error at run time, and files list one per operator version.
  const methods = [...new Set(model.resolverMethods)];
  const resolver = names.lower('op_resolver');
  const calls = methods.map((method) => c`  if (resolver.${identifier(method)}() != kTfLiteOk) return kTfLiteError;`);
  const body = c`#ifdef __cplusplus

#include "tensorflow/lite/micro/micro_mutable_op_resolver.h"

/* Number of different operators. */
#define ${names.macro('OP_COUNT')} ${unsigned(methods.length)}

typedef tflite::MicroMutableOpResolver<${names.macro('OP_COUNT')}> ${resolver};

/* Adds the kernels of this model's operators and no others. */
inline TfLiteStatus ${names.lower('register_ops')}(${resolver}& resolver) {
${join(calls, '\n')}
  return kTfLiteOk;
}

#endif /* C++ */`;
  return c`${banner(model, 'The operators that this model needs. For C++.')}
${guarded(names, 'OPS', body)}`;
}
