/* Words of a command, and what is printed without a library. */
#include "text.h"

#if WHERRY_MLPERF_BYTES > 0

static bool is_between(uint8_t byte) { return byte == ' ' || byte == '\r' || byte == '\n'; }

static void skip(struct wherry_text *words) {
  while (words->length > 0 && is_between(*words->at)) {
    ++words->at;
    --words->length;
  }
}

struct wherry_text wherry_text_word(struct wherry_text *words) {
  struct wherry_text word;
  skip(words);
  word.at = words->at;
  word.length = 0;
  while (words->length > 0 && !is_between(*words->at)) {
    ++word.length;
    ++words->at;
    --words->length;
  }
  skip(words);
  return word;
}

bool wherry_text_is(const struct wherry_text *word, const char *text) {
  size_t at;
  /* A text ends with a zero, which no word has in it. */
  for (at = 0; at < word->length; ++at)
    if ((char)word->at[at] != text[at]) return false;
  return text[at] == 0;
}

bool wherry_text_number(struct wherry_text *words, uint32_t *to) {
  const struct wherry_text word = wherry_text_word(words);
  uint64_t number = 0;
  size_t at;
  for (at = 0; at < word.length; ++at) {
    if (word.at[at] < '0' || word.at[at] > '9') return false;
    number = number * 10u + (uint64_t)(word.at[at] - '0');
    if (number > 0xffffffffu) return false;
  }
  if (word.length == 0) return false;
  *to = (uint32_t)number;
  return true;
}

/* 16 where it is none. */
static unsigned digit(uint8_t byte) {
  if (byte >= '0' && byte <= '9') return (unsigned)(byte - '0');
  if (byte >= 'a' && byte <= 'f') return (unsigned)(byte - 'a' + 10);
  if (byte >= 'A' && byte <= 'F') return (unsigned)(byte - 'A' + 10);
  return 16;
}

bool wherry_text_byte(const uint8_t *digits, uint8_t *to) {
  const unsigned high = digit(digits[0]);
  const unsigned low = digit(digits[1]);
  if (high > 15u || low > 15u) return false;
  *to = (uint8_t)(high << 4 | low);
  return true;
}

void wherry_text_print(const struct wherry_port *port, const char *text) { port->write((const uint8_t *)text, strlen(text)); }

void wherry_text_print_unsigned(const struct wherry_port *port, uint64_t number) {
  uint8_t digits[20];
  size_t at = sizeof digits;
  do {
    digits[--at] = (uint8_t)('0' + number % 10u);
    number /= 10u;
  } while (number != 0);
  port->write(digits + at, sizeof digits - at);
}

void wherry_text_print_byte(const struct wherry_port *port, uint8_t byte) {
  static const char digits[] = "0123456789abcdef";
  uint8_t both[2];
  both[0] = (uint8_t)digits[byte >> 4];
  both[1] = (uint8_t)digits[byte & 15u];
  port->write(both, 2);
}

void wherry_text_print_real(const struct wherry_port *port, float number) {
  const float size = number < 0 ? -number : number;
  if (number < 0) wherry_text_print(port, "-");
  if (number != number) {
    wherry_text_print(port, "nan");
  } else if (size >= 1e16f) {
    wherry_text_print(port, "inf");
  } else {
    const uint64_t thousandths = (uint64_t)(size * 1000.0f + 0.5f);
    const uint32_t rest = (uint32_t)(thousandths % 1000u);
    wherry_text_print_unsigned(port, thousandths / 1000u);
    wherry_text_print(port, rest < 10u ? ".00" : rest < 100u ? ".0" : ".");
    wherry_text_print_unsigned(port, rest);
  }
}

#endif
