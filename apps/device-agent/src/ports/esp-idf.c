/*
 * The agent on an Espressif chip with ESP-IDF: over UART 0, and over the USB port of the chip where it has one. A board may bring out
 * either: it answers where it was asked last.
 */
#include "driver/uart.h"
#include "esp_heap_caps.h"
#include "esp_system.h"
#include "esp_timer.h"
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "sdkconfig.h"
#ifdef CONFIG_SOC_USB_SERIAL_JTAG_SUPPORTED
#include "driver/usb_serial_jtag.h"
#endif

#include "../agent.h"
#include "../board.h"

#define RECEIVED_BYTES 4096

const char *const wherry_board_chip = CONFIG_IDF_TARGET;
/* The driver keeps them. */
const uint16_t wherry_board_window = RECEIVED_BYTES;
const uint32_t wherry_board_clock_hz = 1000000u;

uint64_t wherry_board_ticks(void) { return (uint64_t)esp_timer_get_time(); }

/* Where the last bytes came from. */
static bool asked_by_usb = false;

#ifdef CONFIG_SOC_USB_SERIAL_JTAG_SUPPORTED
static void begin_usb(void) {
  usb_serial_jtag_driver_config_t settings = USB_SERIAL_JTAG_DRIVER_CONFIG_DEFAULT();
  settings.rx_buffer_size = RECEIVED_BYTES;
  ESP_ERROR_CHECK(usb_serial_jtag_driver_install(&settings));
}

/* What nobody takes is lost, as on a line without a listener. */
static void write_usb(const uint8_t *from, size_t length) {
  while (length > 0) {
    const int written = usb_serial_jtag_write_bytes(from, length, pdMS_TO_TICKS(100));
    if (written <= 0) return;
    from += written;
    length -= (size_t)written;
  }
}
#endif

static void begin(void) {
  ESP_ERROR_CHECK(uart_driver_install(UART_NUM_0, RECEIVED_BYTES, 0, 0, NULL, 0));
#ifdef CONFIG_SOC_USB_SERIAL_JTAG_SUPPORTED
  begin_usb();
#endif
}

static size_t read_bytes(uint8_t *to, size_t most) {
  int length = uart_read_bytes(UART_NUM_0, to, (uint32_t)most, 0);
  if (length > 0) asked_by_usb = false;
#ifdef CONFIG_SOC_USB_SERIAL_JTAG_SUPPORTED
  if (length <= 0) {
    length = usb_serial_jtag_read_bytes(to, (uint32_t)most, 0);
    if (length > 0) asked_by_usb = true;
  }
#endif
  if (length > 0) return (size_t)length;
  /* So that other tasks run. */
  vTaskDelay(1);
  return 0;
}

static void write_bytes(const uint8_t *from, size_t length) {
#ifdef CONFIG_SOC_USB_SERIAL_JTAG_SUPPORTED
  if (asked_by_usb) {
    write_usb(from, length);
    return;
  }
#endif
  (void)uart_write_bytes(UART_NUM_0, from, length);
}

/* The reply needs a moment to leave. */
static void restart(void) {
  vTaskDelay(pdMS_TO_TICKS(50));
  esp_restart();
}

const struct wherry_port wherry_board_port = {read_bytes, write_bytes, restart, NULL};

void wherry_board_memory(struct wherry_memory_record *record) {
  record->stack_bytes = CONFIG_ESP_MAIN_TASK_STACK_SIZE;
  /* Here in bytes, unlike in other ports of FreeRTOS. */
  record->stack_used = CONFIG_ESP_MAIN_TASK_STACK_SIZE - (uint32_t)uxTaskGetStackHighWaterMark(NULL);
  record->heap_bytes = (uint32_t)heap_caps_get_total_size(MALLOC_CAP_DEFAULT);
  record->heap_used = record->heap_bytes - (uint32_t)heap_caps_get_free_size(MALLOC_CAP_DEFAULT);
}

void app_main(void) {
  static struct wherry_agent agent;
  begin();
  wherry_agent_begin(&agent, &wherry_linked_backend, &wherry_board_port);
  for (;;) wherry_agent_poll(&agent);
}
