/* What the agent calls of Zephyr, with the names and types of its public headers. */
#ifndef STAND_IN_ZEPHYR_H
#define STAND_IN_ZEPHYR_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CONFIG_SOC "nrf52840"
#define CONFIG_SYS_CLOCK_HW_CYCLES_PER_SEC 32768
#define CONFIG_MAIN_STACK_SIZE 8192

struct device {
  const char *name;
};
extern const struct device stand_in_console;
#define DT_CHOSEN(name) name
#define DEVICE_DT_GET(node) (&stand_in_##node)
#define stand_in_zephyr_console stand_in_console
#define stand_in_DT_CHOSEN(name) stand_in_console
bool device_is_ready(const struct device *device);
int uart_poll_in(const struct device *device, unsigned char *to);
void uart_poll_out(const struct device *device, unsigned char byte);

typedef struct k_thread *k_tid_t;
k_tid_t k_current_get(void);
int k_thread_stack_space_get(k_tid_t thread, size_t *unused);
uint32_t k_cycle_get_32(void);
uint64_t k_cycle_get_64(void);
int32_t k_msleep(int32_t ms);

#define SYS_REBOOT_COLD 1
void sys_reboot(int type) __attribute__((noreturn));
#endif
