/* Lets layer-counts.c count what each layer executes. */
#include <stdint.h>
void enter_layer(void);
void leave_layer(uint32_t layer);
#define G_MODEL_BEFORE_LAYER(layer) enter_layer()
#define G_MODEL_AFTER_LAYER(layer, output, data, bytes) leave_layer(layer)
