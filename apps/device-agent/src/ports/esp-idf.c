/* The agent on an Espressif chip with ESP-IDF: over USB where that is its console, over UART 0 otherwise. */
#include "esp_heap_caps.h"
#include "esp_system.h"
#include "esp_timer.h"
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "sdkconfig.h"

#include "../agent.h"
#include "../board.h"

#ifdef CONFIG_ESP_CONSOLE_USB_SERIAL_JTAG
#include "driver/usb_serial_jtag.h"
#else
#include "driver/uart.h"
#endif

#define RECEIVED_BYTES 4096

const char *const wherry_board_chip = CONFIG_IDF_TARGET;
/* The driver keeps them. */
const uint16_t wherry_board_window = RECEIVED_BYTES;
const uint32_t wherry_board_clock_hz = 1000000u;

uint64_t wherry_board_ticks(void) { return (uint64_t)esp_timer_get_time(); }

#ifdef CONFIG_ESP_CONSOLE_USB_SERIAL_JTAG
static void begin(void) {
  usb_serial_jtag_driver_config_t settings = USB_SERIAL_JTAG_DRIVER_CONFIG_DEFAULT();
  settings.rx_buffer_size = RECEIVED_BYTES;
  ESP_ERROR_CHECK(usb_serial_jtag_driver_install(&settings));
}

/* Waits for a tick where there is none, so that other tasks run. */
static size_t read_bytes(uint8_t *to, size_t most) {
  const int length = usb_serial_jtag_read_bytes(to, (uint32_t)most, 1);
  return length > 0 ? (size_t)length : 0;
}

/* What nobody takes is lost, as on a line without a listener. */
static void write_bytes(const uint8_t *from, size_t length) {
  while (length > 0) {
    const int written = usb_serial_jtag_write_bytes(from, length, pdMS_TO_TICKS(100));
    if (written <= 0) return;
    from += written;
    length -= (size_t)written;
  }
}
#else
static void begin(void) { ESP_ERROR_CHECK(uart_driver_install(UART_NUM_0, RECEIVED_BYTES, 0, 0, NULL, 0)); }

/* Waits for a tick where there is none, so that other tasks run. */
static size_t read_bytes(uint8_t *to, size_t most) {
  const int length = uart_read_bytes(UART_NUM_0, to, (uint32_t)most, 1);
  return length > 0 ? (size_t)length : 0;
}

static void write_bytes(const uint8_t *from, size_t length) { (void)uart_write_bytes(UART_NUM_0, from, length); }
#endif

/* The reply needs a moment to leave. */
static void restart(void) {
  vTaskDelay(pdMS_TO_TICKS(50));
  esp_restart();
}

const struct wherry_port wherry_board_port = {read_bytes, write_bytes, restart};

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
