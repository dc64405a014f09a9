// A stand-in for the heap of Espressif's chips: device profiles say how an arena is taken from it.

export const espressifHeap = `#pragma once
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#define MALLOC_CAP_8BIT (1u << 2)
#define MALLOC_CAP_SPIRAM (1u << 10)
static inline void *heap_caps_aligned_alloc(size_t alignment, size_t size, uint32_t caps) {
  return (caps & MALLOC_CAP_SPIRAM) == 0u ? NULL : aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment);
}
`;
