/* The agent on an STM32F405 as it comes out of its reset: 16 MHz from the oscillator inside, USART1 on PA9 and PA10 at 115200 baud. */
#include "../bare-metal/cortex-m.h"
#include "../bare-metal/two-counters.h"

#define PORT_A_MODE REGISTER(0x40020000u)
#define PORT_A_FUNCTION_HIGH REGISTER(0x40020024u)
#define CLOCKS_AHB1 REGISTER(0x40023830u)
#define CLOCKS_APB1 REGISTER(0x40023840u)
#define CLOCKS_APB2 REGISTER(0x40023844u)
#define USART_STATE REGISTER(0x40011000u)
#define USART_DATA REGISTER(0x40011004u)
#define USART_DIVIDER REGISTER(0x40011008u)
#define USART_CONTROL REGISTER(0x4001100cu)
#define USART_INTERRUPT 37u
#define TIMER_CONTROL REGISTER(0x40000000u)
#define TIMER_EVENT REGISTER(0x40000014u)
#define TIMER_COUNT REGISTER(0x40000024u)
#define TIMER_PRESCALER REGISTER(0x40000028u)
#define TIMER_RELOAD REGISTER(0x4000002cu)
/* TIM5, at a rate 65536 times as slow. */
#define SLOW_CONTROL REGISTER(0x40000c00u)
#define SLOW_EVENT REGISTER(0x40000c14u)
#define SLOW_COUNT REGISTER(0x40000c24u)
#define SLOW_PRESCALER REGISTER(0x40000c28u)
#define SLOW_RELOAD REGISTER(0x40000c2cu)

const char *const wherry_board_chip = "STM32F405";

#ifdef WHERRY_COUNTS_INSTRUCTIONS
/* The emulated timer runs at 1 GHz, and an instruction takes 1 ns. */
const uint32_t wherry_board_clock_hz = 0;
/* The emulator keeps what the register does not hold. */
const uint16_t wherry_board_window = 4096;
#else
const uint32_t wherry_board_clock_hz = 16000000u;
const uint16_t wherry_board_window = 1;
#endif

uint64_t wherry_board_ticks(void) {
  const uint64_t coarse = (uint64_t)SLOW_COUNT << 16;
  return whole_count(TIMER_COUNT, coarse);
}

static void begin(void) {
  CLOCKS_AHB1 |= 1u;
  /* TIM2 and TIM5. */
  CLOCKS_APB1 |= 1u | 1u << 3;
  CLOCKS_APB2 |= 1u << 4;
  /* Alternate function 7 on pins 9 and 10. */
  PORT_A_MODE = (PORT_A_MODE & ~(15u << 18)) | 10u << 18;
  PORT_A_FUNCTION_HIGH = (PORT_A_FUNCTION_HIGH & ~(255u << 4)) | 0x77u << 4;
  USART_DIVIDER = 139;
  USART_CONTROL = 1u << 13 | 1u << 5 | 1u << 3 | 1u << 2;
  let_wake(USART_INTERRUPT);
  SLOW_PRESCALER = 0xffffu;
  SLOW_RELOAD = 0xffffffffu;
  SLOW_EVENT = 1;
  TIMER_PRESCALER = 0;
  TIMER_RELOAD = 0xffffffffu;
  TIMER_EVENT = 1;
  SLOW_CONTROL = 1;
  TIMER_CONTROL = 1;
}

static void write_byte(uint8_t byte) {
  while ((USART_STATE & 1u << 7) == 0) {
  }
  USART_DATA = byte;
}

static void wait_for_line(void) {
  while ((USART_STATE & 1u << 6) == 0) {
  }
}

static bool read_byte(uint8_t *to) {
  if ((USART_STATE & 1u << 5) == 0) return false;
  *to = (uint8_t)USART_DATA;
  return true;
}

static void wait_for_byte(void) {
  wait_for_interrupt();
  clear_pending(USART_INTERRUPT);
}
