/* Hands what each layer leaves to layers.c. */
#include <stdint.h>
void hash_layer(const void *data, uint32_t bytes);
#define G_MODEL_AFTER_LAYER(layer, output, data, bytes) hash_layer(data, bytes)
