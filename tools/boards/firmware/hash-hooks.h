/* What layers.c has called with all that a layer leaves. */
#include <stdint.h>
void hash_layer(const void *data, uint32_t bytes);
