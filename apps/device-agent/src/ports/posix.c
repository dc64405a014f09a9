/* The agent as a program of a POSIX system that speaks over its standard input and output: what the suites run, under sanitizers. */
#define _POSIX_C_SOURCE 200809L

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "../agent.h"
#include "../board.h"

static char **arguments;

static size_t read_input(uint8_t *to, size_t most) {
  struct pollfd input;
  ssize_t length;
  fflush(stdout);
  input.fd = STDIN_FILENO;
  input.events = POLLIN;
  if (poll(&input, 1, 10) <= 0) return 0;
  length = read(STDIN_FILENO, to, most);
  if (length <= 0) exit(0);
  return (size_t)length;
}

static void write_output(const uint8_t *from, size_t length) { fwrite(from, 1, length, stdout); }

/* As a program anew: nothing of memory is left. */
static void restart(void) {
  fflush(stdout);
  execv(arguments[0], arguments);
  exit(1);
}

const char *const wherry_board_chip = "host";
const struct wherry_port wherry_board_port = {read_input, write_output, restart, NULL};
const uint16_t wherry_board_window = 4096;
const uint32_t wherry_board_clock_hz = 1000000000u;

uint64_t wherry_board_ticks(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

void wherry_board_memory(struct wherry_memory_record *record) {
  record->stack_bytes = 0xffffffffu;
  record->stack_used = 0xffffffffu;
  record->heap_bytes = 0xffffffffu;
  record->heap_used = 0xffffffffu;
}

int main(int count, char **given) {
  static struct wherry_agent agent;
  arguments = given;
  (void)count;
  /* What a board prints as it starts. */
  printf("wherry agent on a host\r\n");
  wherry_agent_begin(&agent, &wherry_linked_backend, &wherry_board_port);
  for (;;) wherry_agent_poll(&agent);
}
