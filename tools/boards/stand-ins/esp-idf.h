/* What the agent calls of ESP-IDF, with the names and types of its public headers. */
#ifndef STAND_IN_ESP_IDF_H
#define STAND_IN_ESP_IDF_H
#include <stddef.h>
#include <stdint.h>

#define CONFIG_IDF_TARGET "esp32s3"
#define CONFIG_ESP_MAIN_TASK_STACK_SIZE 16384

typedef int esp_err_t;
#define ESP_ERROR_CHECK(call) ((void)(call))
void esp_restart(void) __attribute__((noreturn));
int64_t esp_timer_get_time(void);

#define MALLOC_CAP_DEFAULT (1 << 12)
size_t heap_caps_get_total_size(uint32_t caps);
size_t heap_caps_get_free_size(uint32_t caps);

typedef uint32_t TickType_t;
typedef unsigned UBaseType_t;
typedef struct tskTaskControlBlock *TaskHandle_t;
#define pdMS_TO_TICKS(ms) ((TickType_t)(ms) / 10)
void vTaskDelay(TickType_t ticks);
UBaseType_t uxTaskGetStackHighWaterMark(TaskHandle_t task);

typedef int uart_port_t;
typedef void *QueueHandle_t;
#define UART_NUM_0 0
esp_err_t uart_driver_install(uart_port_t port, int rx_buffer, int tx_buffer, int queue_size, QueueHandle_t *queue, int flags);
int uart_read_bytes(uart_port_t port, void *to, uint32_t length, TickType_t ticks);
int uart_write_bytes(uart_port_t port, const void *from, size_t length);

typedef struct {
  uint32_t tx_buffer_size;
  uint32_t rx_buffer_size;
} usb_serial_jtag_driver_config_t;
#define USB_SERIAL_JTAG_DRIVER_CONFIG_DEFAULT() {.tx_buffer_size = 256, .rx_buffer_size = 256}
esp_err_t usb_serial_jtag_driver_install(usb_serial_jtag_driver_config_t *config);
int usb_serial_jtag_read_bytes(void *to, uint32_t length, TickType_t ticks);
int usb_serial_jtag_write_bytes(const void *from, size_t length, TickType_t ticks);

/* The application's own. */
void app_main(void);
#endif
