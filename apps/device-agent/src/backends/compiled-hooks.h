/* Tells the agent what each layer of a compiled model leaves. */
#ifndef WHERRY_COMPILED_HOOKS_H
#define WHERRY_COMPILED_HOOKS_H

#include <stdint.h>

void wherry_compiled_wrote(uint16_t position, uint16_t output, const void *data, uint32_t bytes);

#define G_MODEL_AFTER_LAYER(layer, output, data, bytes) wherry_compiled_wrote(layer, output, data, bytes)

#endif
