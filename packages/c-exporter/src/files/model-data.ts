// model_data.h and the file that holds the array: model_data.cc, or model_data.S where the assembler reads the model.
import {
  byteList,
  byteStrings,
  c,
  type CFragment,
  guarded,
  integer,
  type ModelNames,
  placementMacro,
  stringLiteral,
  unsigned,
} from '@wherry/c-source';
import type { InterpretedModel } from '../model-export.js';
import { banner } from './banner.js';

/** The array is declared without a size: the string form has one byte more than the model. */
export function modelDataHeader(model: InterpretedModel, names: ModelNames): CFragment {
  const body = c`/* Bytes of the model, as a constant for arrays and assertions. */
#define ${names.macro('LEN')} ${unsigned(model.model.length)}

#ifdef __cplusplus
extern "C" {
#endif

/* The model, aligned to 16 bytes. */
extern const unsigned char ${names.symbol}[];
extern const unsigned int ${names.lower('len')};

#ifdef __cplusplus
}
#endif`;
  return c`${banner(model, 'The model as a constant array. For C and C++.')}
${guarded(names, 'DATA', body)}`;
}

/**
 * model_data.cc. It includes its own header: without the declaration a constant of C++ would not be visible to other files.
 * A string is read by compilers several times faster than a list of numbers.
 */
export function modelDataSource(model: InterpretedModel, names: ModelNames): CFragment {
  const isString = model.arrayFormat === 'string';
  const contents = isString ? c`\n${byteStrings(model.model)}` : c`{\n${byteList(model.model)}\n}`;
  const size = isString ? c`${names.macro('LEN')} + 1u` : c`${names.macro('LEN')}`;
  return c`${banner(model, 'The bytes of the model.')}
#include ${names.file('_data.h')}

${placementMacro(model.placement, names, 'array')}

alignas(16) ${names.attributes} const unsigned char ${names.symbol}[] = ${contents};

const unsigned int ${names.lower('len')} = ${names.macro('LEN')};

static_assert(sizeof(${names.symbol}) == ${size}, "the array is not as long as the model");
`;
}

/** model_data.S: the assembler copies `model.tflite`, which must be on its include path. */
export function modelDataAssembly(model: InterpretedModel, names: ModelNames): CFragment {
  const length = names.lower('len');
  const end = names.lower('end');
  const section = model.placement.section === null ? c`.rodata` : c`${stringLiteral(model.placement.section)}`;
  const file = `${model.name}.tflite`;
  return c`${banner(model, `The bytes of the model, copied by the assembler. Needs the folder of ${file} on the include path.`)}
    .section ${section}, "a"
    .global ${names.symbol}
    .type ${names.symbol}, %object
    .balign 16
${names.symbol}:
    .incbin ${names.file('.tflite')}
${end}:
    .size ${names.symbol}, ${end} - ${names.symbol}
    .if (${end} - ${names.symbol}) != ${integer(model.model.length)}
    .error ${stringLiteral(`${file} is not the file that this was generated for`)}
    .endif

    .global ${length}
    .type ${length}, %object
    .balign 4
${length}:
    .4byte ${integer(model.model.length)}
    .size ${length}, 4

    .section .note.GNU-stack, "", %progbits
`;
}
