/* For a compiler without a library: what riscv32.c defines. */
#ifndef FREESTANDING_STRING_H
#define FREESTANDING_STRING_H
#include <stddef.h>

void *memcpy(void *to, const void *from, size_t count);
void *memmove(void *to, const void *from, size_t count);
size_t strlen(const char *text);
void *memset(void *to, int value, size_t count);
#endif
