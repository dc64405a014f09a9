/* Words of a command, and what is printed without a library. */
#ifndef WHERRY_TEXT_H
#define WHERRY_TEXT_H

#include "line.h"

#ifdef __cplusplus
extern "C" {
#endif

struct wherry_text {
  const uint8_t *at;
  size_t length;
};

/* Takes the next word and what stands around it; of no bytes where there is none. */
struct wherry_text wherry_text_word(struct wherry_text *words);

bool wherry_text_is(const struct wherry_text *word, const char *text);

/* Takes the next word. Whether it is a number of 32 bits; `to` is left as it is where it is none. */
bool wherry_text_number(struct wherry_text *words, uint32_t *to);

/* Whether these two are hexadecimal digits. */
bool wherry_text_byte(const uint8_t *digits, uint8_t *to);

void wherry_text_print(const struct wherry_port *port, const char *text);
void wherry_text_print_unsigned(const struct wherry_port *port, uint64_t number);
void wherry_text_print_byte(const struct wherry_port *port, uint8_t byte);

/* To three places. */
void wherry_text_print_real(const struct wherry_port *port, float number);

#ifdef __cplusplus
}
#endif

#endif
