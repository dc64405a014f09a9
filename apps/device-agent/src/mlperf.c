/*
 * Answers the commands that MLPerf Tiny's runner sends (mlcommons/tiny, benchmark/api), on the same line as frames. Inputs are loaded
 * into a buffer, as inferences spend those of the model; several lie one behind the other.
 */
#include "mlperf.h"

#if WHERRY_MLPERF_BYTES > 0

#include "text.h"

/* What its name is to a runner: `-DWHERRY_MLPERF_MODEL='"ic01"'`. Otherwise it is told by its hash. */
#ifndef WHERRY_MLPERF_MODEL
#define WHERRY_MLPERF_MODEL NULL
#endif

static void print(struct wherry_agent *agent, const char *text) { wherry_text_print(agent->line.port, text); }

static void print_line(struct wherry_agent *agent, const char *before, uint32_t number, const char *behind) {
  print(agent, before);
  wherry_text_print_unsigned(agent->line.port, number);
  print(agent, behind);
  print(agent, "\r\n");
}

static void print_name(struct wherry_agent *agent) {
  print(agent, "m-name-dut-[");
  print(agent, agent->backend->identity()->chip);
  print(agent, "]\r\n");
}

/* A runner knows what it may ask by this profile. */
static void print_profile(struct wherry_agent *agent) {
  static const char *const name = WHERRY_MLPERF_MODEL;
  unsigned at;
  print(agent, "m-profile-[ULPMark for tinyML Firmware V0.0.1]\r\nm-model-[");
  if (name != NULL) print(agent, name);
  for (at = 0; name == NULL && at < 8u; ++at) wherry_text_print_byte(agent->line.port, agent->backend->identity()->model[at]);
  print(agent, "]\r\n");
}

static void print_help(struct wherry_agent *agent) {
  print(agent,
        "name%         the chip\r\n"
        "profile%      firmware and model\r\n"
        "timestamp%    microseconds since the start\r\n"
        "db load N%    N bytes of inputs will come\r\n"
        "db HEX%       some of them\r\n"
        "db print [N [FIRST]]%  what has come\r\n"
        "infer N [W]%  N inferences after W others (10)\r\n"
        "results%      the first output of the last inference\r\n");
}

/* A counter of instructions tells no time. */
static void print_time(struct wherry_agent *agent) {
  const uint32_t rate = agent->backend->identity()->clock_hz;
  const uint64_t ticks = agent->backend->ticks();
  if (rate == 0) {
    print(agent, "e-[The clock counts instructions]\r\n");
  } else {
    /* Without the seconds apart, a product of 64 bits would run over after an hour. */
    const uint64_t micros = ticks / rate * 1000000u + ticks % rate * 1000000u / rate;
    print_line(agent, "m-lap-us-", (uint32_t)micros, "");
  }
}

static void begin_load(struct wherry_agent *agent, struct wherry_text *words) {
  struct wherry_mlperf *held = &agent->mlperf;
  uint32_t bytes;
  if (!wherry_text_number(words, &bytes) || bytes == 0) {
    print(agent, "e-[Command 'db load' requires the # of bytes]\r\n");
  } else if (bytes > WHERRY_MLPERF_BYTES) {
    print_line(agent, "e-[There is room for ", WHERRY_MLPERF_BYTES, " bytes]");
  } else {
    held->expected = bytes;
    held->loaded = 0;
    print_line(agent, "m-[Expecting ", bytes, " bytes]");
  }
}

/* Nothing is taken of digits that are not sound; what is more than was announced is left out. */
static void load(struct wherry_agent *agent, const struct wherry_text *digits) {
  struct wherry_mlperf *held = &agent->mlperf;
  size_t at;
  uint8_t byte = 0;
  if (digits->length % 2u != 0) {
    print(agent, "e-[Insufficient number of hex digits]\r\n");
    return;
  }
  for (at = 0; at < digits->length; at += 2u) {
    if (!wherry_text_byte(digits->at + at, &byte)) {
      print(agent, "e-[Invalid hex digit]\r\n");
      return;
    }
  }
  if (held->loaded == held->expected) {
    print(agent, "e-[No bytes are expected]\r\n");
    return;
  }
  for (at = 0; at < digits->length && held->loaded < held->expected; at += 2u) {
    (void)wherry_text_byte(digits->at + at, &byte);
    held->bytes[held->loaded++] = byte;
  }
  if (held->loaded == held->expected) print(agent, "m-load-done\r\n");
}

static void print_loaded(struct wherry_agent *agent, struct wherry_text *words) {
  const struct wherry_mlperf *held = &agent->mlperf;
  uint32_t count = held->loaded;
  uint32_t first = 0;
  uint32_t at;
  if (wherry_text_number(words, &count)) (void)wherry_text_number(words, &first);
  if (first > held->loaded) first = held->loaded;
  if (count > held->loaded - first) count = held->loaded - first;
  for (at = 0; at < count; ++at) {
    print(agent, at % 8u == 0 ? "m-buffer-" : "-");
    wherry_text_print_byte(agent->line.port, held->bytes[first + at]);
    if (at % 8u == 7u || at + 1u == count) print(agent, "\r\n");
  }
}

static void answer_buffer(struct wherry_agent *agent, struct wherry_text *words) {
  const struct wherry_text word = wherry_text_word(words);
  if (word.length == 0) {
    print(agent, "e-[Command 'db' requires a subcommand]\r\n");
  } else if (wherry_text_is(&word, "load")) {
    begin_load(agent, words);
  } else if (wherry_text_is(&word, "print")) {
    print_loaded(agent, words);
  } else {
    load(agent, &word);
  }
}

static float real_at(const struct wherry_format *format, const uint8_t *at) {
  int32_t number;
  float real;
  int16_t half;
  if (format->is_real) {
    memcpy(&real, at, sizeof real);
    return real;
  }
  if (format->bytes == 1) {
    number = format->is_signed ? (int8_t)*at : *at;
  } else if (format->bytes == 2) {
    memcpy(&half, at, sizeof half);
    number = format->is_signed ? half : (uint16_t)half;
  } else {
    memcpy(&number, at, sizeof number);
  }
  return format->scale * ((float)number - (float)format->zero_point);
}

static void print_results(struct wherry_agent *agent) {
  const struct wherry_bytes output = agent->backend->output(0);
  const struct wherry_format format = agent->backend->format(0);
  uint32_t at;
  if (!agent->run.over || !agent->run.single) {
    print(agent, "e-[No results are there]\r\n");
  } else if (format.bytes == 0) {
    print(agent, "e-[The output has no numbers that are printed]\r\n");
  } else {
    print(agent, "m-results-[");
    for (at = 0; at < output.length / format.bytes; ++at) {
      if (at > 0) print(agent, ",");
      wherry_text_print_real(agent->line.port, real_at(&format, output.data + (size_t)at * format.bytes));
    }
    print(agent, "]\r\n");
  }
}

/* Whether what was loaded is all that the model takes. */
static bool is_loaded(struct wherry_agent *agent) {
  uint32_t bytes = 0;
  unsigned position;
  for (position = 0; position < agent->backend->identity()->inputs; ++position) bytes += agent->backend->input(position).length;
  if (agent->mlperf.loaded == bytes) return true;
  print_line(agent, "e-[The model takes ", bytes, " bytes]");
  return false;
}

static uint32_t infer_once(struct wherry_agent *agent) {
  const uint8_t *from = agent->mlperf.bytes;
  unsigned position;
  for (position = 0; position < agent->backend->identity()->inputs; ++position) {
    const struct wherry_room input = agent->backend->input(position);
    memcpy(input.data, from, input.length);
    from += input.length;
  }
  if (agent->backend->reset != NULL) agent->backend->reset();
  return agent->backend->invoke(agent);
}

/* 0, or the code of the runtime, which has been printed. */
static uint32_t infer_many(struct wherry_agent *agent, uint32_t count) {
  for (; count > 0; --count) {
    const uint32_t failure = infer_once(agent);
    if (failure == 0) continue;
    print_line(agent, "e-[The runtime failed with ", failure, "]");
    return failure;
  }
  return 0;
}

static void infer(struct wherry_agent *agent, struct wherry_text *words) {
  uint32_t count = 1;
  uint32_t warm_up = 10;
  if (words->length > 0 && !(wherry_text_number(words, &count) && count > 0)) {
    print(agent, "e-[Inference iterations must be >0]\r\n");
    return;
  }
  if (words->length > 0 && !wherry_text_number(words, &warm_up)) {
    print(agent, "e-[Inference warmup must be >=0]\r\n");
    return;
  }
  if (agent->stands) {
    print(agent, "e-[A run stands still]\r\n");
    return;
  }
  if (agent->backend->failure() != 0) {
    print_line(agent, "e-[The runtime failed with ", agent->backend->failure(), "]");
    return;
  }
  if (!is_loaded(agent)) return;
  /* No run of a number: nothing is counted, and no frame asks for what it left. */
  memset(&agent->run, 0, sizeof agent->run);
  print_line(agent, "m-warmup-start-", warm_up, "");
  if (infer_many(agent, warm_up) != 0) return;
  print(agent, "m-warmup-done\r\n");
  print_line(agent, "m-infer-start-", count, "");
  print_time(agent);
  if (infer_many(agent, count) != 0) return;
  print_time(agent);
  print(agent, "m-infer-done\r\n");
  agent->run.over = true;
  agent->run.single = true;
  print_results(agent);
}

void wherry_mlperf_greet(struct wherry_agent *agent) { print(agent, "m-timestamp-mode-performance\r\nm-init-done\r\nm-ready\r\n"); }

void wherry_mlperf_answer(struct wherry_agent *agent, const uint8_t *text, size_t length) {
  struct wherry_text words = {text, length};
  const struct wherry_text command = wherry_text_word(&words);
  if (wherry_text_is(&command, "name")) {
    print_name(agent);
  } else if (wherry_text_is(&command, "profile")) {
    print_profile(agent);
  } else if (wherry_text_is(&command, "timestamp")) {
    print_time(agent);
  } else if (wherry_text_is(&command, "help")) {
    print_help(agent);
  } else if (wherry_text_is(&command, "db")) {
    answer_buffer(agent, &words);
  } else if (wherry_text_is(&command, "infer")) {
    infer(agent, &words);
  } else if (wherry_text_is(&command, "results")) {
    print_results(agent);
  } else {
    print(agent, "e-[Unknown command: ");
    agent->line.port->write(command.at, command.length);
    print(agent, "]\r\n");
  }
  print(agent, "m-ready\r\n");
}

#endif
