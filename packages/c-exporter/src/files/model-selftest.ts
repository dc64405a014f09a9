// model_selftest.h: inputs with the answers that the device must give, and functions that compare, for C and C++.
// Answers of integer arithmetic must be the same byte for byte; those that come of float32 may lie as far apart as
// `selftest-tolerance.ts` says.
import { byteList, c, type CFragment, comment, guarded, integer, join, type ModelNames } from '@wherry/c-source';
import type { ModelExport, SelfTestCase } from '../model-export.js';
import { banner } from './banner.js';
import { nearFunctions, nearlyEqual, toleranceArray, tolerancesOf } from './selftest-tolerance.js';
import { namedTensors } from './tensor-names.js';

export function modelSelftestHeader(model: ModelExport, names: ModelNames): CFragment {
  const { selfTest } = model;
  const count = names.macro('SELFTEST_COUNT');
  const arrays = namedTensors(model).map(({ suffix }, at) => {
    const values = selfTest.map(({ inputs, outputs }) => [...inputs, ...outputs][at]!);
    return c`static const uint8_t ${names.lower(`selftest_${suffix}`)}[${integer(selfTest.length)}][${integer(values[0]!.length)}] = {
${join(
  values.map((bytes) => c`{\n${byteList(bytes)}\n}`),
  ', ',
)}
};`;
  });
  const tolerances = model.outputs.flatMap((_, at) => toleranceArray(model, names, at));
  const isExact = tolerances.length === 0;
  const body = c`#include <stddef.h>
#include <stdint.h>
#include <string.h>

${comment(`Samples as the model takes them, and what it answers${model.keepsState ? ' in runs one after the other' : ''}${isExact ? ', byte for byte' : ''}: ${bytesOf(selfTest)} bytes, in files that call a function below.`)}
#define ${count} ${integer(selfTest.length)}

${join([...arrays, ...tolerances, ...nearFunctions(model, names)], '\n\n')}

${compareInC(model, names)}

${model.isCompiled === true ? compareCompiled(model, names) : compareInCpp(model, names)}`;
  return c`${banner(model, 'Known answers of the model, to be compared on the device at boot. For C and C++.')}
${guarded(names, 'SELFTEST', body)}`;
}

function bytesOf(cases: readonly SelfTestCase[]): number {
  return cases.flatMap(({ inputs, outputs }) => [...inputs, ...outputs]).reduce((sum, { length }) => sum + length, 0);
}

/** A condition on case `i`: the answer is another than the known one, or farther from it than it may be. */
function isWrong(model: ModelExport, names: ModelNames, at: number, given: CFragment): CFragment {
  const values = names.lower(`selftest_output_${at}`);
  return tolerancesOf(model, at) === undefined
    ? c`memcmp(${given}, ${values}[i], sizeof ${values}[i]) != 0`
    : c`!${nearlyEqual(model, names, at, given)}`;
}

/**
 * The head of the loop over the cases `i`. Those of a model that keeps a state are runs in a row from zeros; the first one comes
 * once more behind them, where only a reset makes its answer right.
 */
function overCases({ keepsState }: ModelExport, names: ModelNames, reset: CFragment): CFragment {
  const count = names.macro('SELFTEST_COUNT');
  if (!keepsState) return c`  int i;\n  for (i = 0; i < ${count}; ++i) {`;
  return c`  int run;
  for (run = 0; run <= ${count}; ++run) {
    const int i = run % ${count};
    if (i == 0) {
      ${reset}
    }`;
}

/** For any runtime: what it has to offer is handed in. */
function compareInC(model: ModelExport, names: ModelNames): CFragment {
  const type = names.lower('selftest_t');
  const array = (suffix: string): CFragment => names.lower(`selftest_${suffix}`);
  const sets = model.inputs.map((_, at) => {
    const values = array(`input_${at}`);
    return c`    memcpy(tested->input(tested->context, ${integer(at)}), ${values}[i], sizeof ${values}[i]);`;
  });
  const compares = model.outputs.map((_, at) => {
    const given = c`tested->output(tested->context, ${integer(at)})`;
    return c`    if (${isWrong(model, names, at, given)}) return i + 1;`;
  });
  const { keepsState } = model;
  return c`/* How to reach the model: where an input and an output lie, and what runs it (0: it ran)${keepsState ? c`; what sets its state to zero (0: done)` : c``}. */
typedef struct {
  void *context;
  void *(*input)(void *context, int index);
  const void *(*output)(void *context, int index);
  int (*invoke)(void *context);${keepsState ? c`\n  int (*reset)(void *context);` : c``}
} ${type};

/* 0: all answers are the expected ones; n: case n (from 1) has another answer; -1: the model did not run. */
static inline int ${names.lower('selftest')}(const ${type} *tested) {
${overCases(model, names, c`if (tested->reset(tested->context) != 0) return -1;`)}
${join(sets, '\n')}
    if (tested->invoke(tested->context) != 0) return -1;
${join(compares, '\n')}
  }${keepsState ? c`\n  if (tested->reset(tested->context) != 0) return -1;` : c``}
  return 0;
}`;
}

/** For the model as code: there is nothing to hand in. */
function compareCompiled(model: ModelExport, names: ModelNames): CFragment {
  const array = (suffix: string): CFragment => names.lower(`selftest_${suffix}`);
  const sets = model.inputs.map(
    (_, at) =>
      c`    memcpy(${names.lower(`input_${at}`)}(), ${array(`input_${at}`)}[i], sizeof ${array(`input_${at}`)}[i]);`,
  );
  const compares = model.outputs.map(
    (_, at) => c`    if (${isWrong(model, names, at, c`${names.lower(`output_${at}`)}()`)}) return i + 1;`,
  );
  return c`#include ${names.file('.h')}

/* The same with the functions of the compiled model.${model.keepsState ? c` The next run begins with zeros, where all answers are right.` : c``} */
static inline int ${names.lower('selftest_run')}(void) {
${overCases(model, names, c`${names.lower('reset')}();`)}
${join(sets, '\n')}
    ${names.lower('run')}();
${join(compares, '\n')}
  }${model.keepsState ? c`\n  ${names.lower('reset')}();` : c``}
  return 0;
}`;
}

/** For an interpreter of TensorFlow Lite Micro. */
function compareInCpp(model: ModelExport, names: ModelNames): CFragment {
  const array = (suffix: string): CFragment => names.lower(`selftest_${suffix}`);
  const sizes = namedTensors(model).map(({ suffix }) => {
    const [kind, at] = suffix.split('_');
    const tensor = kind === 'input' ? c`input` : c`output`;
    return c`  if (interpreter.${tensor}(${integer(Number(at))})->bytes != sizeof ${array(suffix)}[0]) return -2;`;
  });
  const sets = model.inputs.map((_, at) => {
    const values = array(`input_${at}`);
    return c`    memcpy(interpreter.input(${integer(at)})->data.raw, ${values}[i], sizeof ${values}[i]);`;
  });
  const compares = model.outputs.map((_, at) => {
    const given = c`interpreter.output(${integer(at)})->data.raw`;
    return c`    if (${isWrong(model, names, at, given)}) return i + 1;`;
  });
  return c`#ifdef __cplusplus
/*
 * The same with a tflite::MicroInterpreter whose tensors are allocated. -2: its model is another one. Afterwards inputs and
 * outputs hold the last case.
 */
template <typename Interpreter>
int ${names.lower('selftest_tflm')}(Interpreter &interpreter) {
${join(sizes, '\n')}
${overCases(model, names, c`if (static_cast<int>(interpreter.Reset()) != 0) return -1;`)}
${join(sets, '\n')}
    if (static_cast<int>(interpreter.Invoke()) != 0) return -1;
${join(compares, '\n')}
  }${model.keepsState ? c`\n  if (static_cast<int>(interpreter.Reset()) != 0) return -1;` : c``}
  return 0;
}
#endif`;
}
