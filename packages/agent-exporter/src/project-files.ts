// The files of apps/device-agent/projects, put here by `npm run generate`; not to be edited.
/* eslint max-lines: off */

/** By path. */
export const projectFiles: { readonly [path: string]: string } = {
  'arduino/compiled/platformio.ini': `; pio run -t upload, for the board below; another one of the same core is another section like it.
[platformio]
default_envs = @BOARD@

[env]
framework = arduino
monitor_speed = 115200
build_flags = -O2 -Isrc '-D@HOOKS@="agent/backends/compiled-hooks.h"'

[env:@BOARD@]
platform = @PLATFORM@
board = @BOARD@
`,
  'arduino/tflite-micro/platformio.ini': `; pio run -t upload, for the board below; another one of the same core is another section like it.
[platformio]
default_envs = @BOARD@

[env]
framework = arduino
monitor_speed = 115200
; TensorFlow Lite Micro as a library of Arduino. Its registry spells the name so.
lib_deps = spaziochirale/Chirale_TensorFLowLite
build_flags = -O2 -Isrc

[env:@BOARD@]
platform = @PLATFORM@
board = @BOARD@
`,
  'esp-idf/compiled/CMakeLists.txt': `# idf.py set-target CHIP (esp32, esp32c3, esp32s3), then: idf.py build flash
cmake_minimum_required(VERSION 3.16)
include($ENV{IDF_PATH}/tools/cmake/project.cmake)
project(wherry_agent)
`,
  'esp-idf/compiled/main/CMakeLists.txt': `file(GLOB_RECURSE sources RELATIVE \${CMAKE_CURRENT_SOURCE_DIR} *.c)
# From 5.3 on each driver is a component of its own, and from 6.0 on "driver" no longer brings them.
include($ENV{IDF_PATH}/tools/cmake/version.cmake)
if("\${IDF_VERSION_MAJOR}.\${IDF_VERSION_MINOR}" VERSION_LESS "5.3")
  set(drivers driver)
else()
  set(drivers esp_driver_uart esp_driver_usb_serial_jtag)
endif()
idf_component_register(SRCS \${sources} INCLUDE_DIRS . REQUIRES \${drivers} esp_timer)
target_compile_definitions(\${COMPONENT_LIB} PRIVATE @HOOKS@="agent/backends/compiled-hooks.h")
`,
  'esp-idf/compiled/sdkconfig.defaults': `CONFIG_COMPILER_OPTIMIZATION_PERF=y
CONFIG_ESP_MAIN_TASK_STACK_SIZE=16384
# An inference may take longer than the watchdog waits for the task of idle time.
CONFIG_ESP_TASK_WDT_INIT=n
`,
  'esp-idf/tflite-micro/CMakeLists.txt': `# idf.py set-target CHIP (esp32, esp32c3, esp32s3), then: idf.py build flash
cmake_minimum_required(VERSION 3.16)
include($ENV{IDF_PATH}/tools/cmake/project.cmake)
project(wherry_agent)
`,
  'esp-idf/tflite-micro/main/CMakeLists.txt': `file(GLOB_RECURSE sources RELATIVE \${CMAKE_CURRENT_SOURCE_DIR} *.c *.cc)
# From 5.3 on each driver is a component of its own, and from 6.0 on "driver" no longer brings them.
include($ENV{IDF_PATH}/tools/cmake/version.cmake)
if("\${IDF_VERSION_MAJOR}.\${IDF_VERSION_MINOR}" VERSION_LESS "5.3")
  set(drivers driver)
else()
  set(drivers esp_driver_uart esp_driver_usb_serial_jtag)
endif()
idf_component_register(SRCS \${sources} INCLUDE_DIRS . REQUIRES \${drivers} esp_timer)
`,
  'esp-idf/tflite-micro/main/idf_component.yml': `dependencies:
  idf: '>=5.1'
  espressif/esp-tflite-micro: '@TFLM@'
  # @NEEDS@
`,
  'esp-idf/tflite-micro/sdkconfig.defaults': `CONFIG_COMPILER_OPTIMIZATION_PERF=y
CONFIG_ESP_MAIN_TASK_STACK_SIZE=16384
# An inference may take longer than the watchdog waits for the task of idle time.
CONFIG_ESP_TASK_WDT_INIT=n
`,
  'pico/compiled/CMakeLists.txt': `# PICO_SDK_PATH=... cmake -B build && cmake --build build, then copy build/wherry_agent.uf2 onto the board
cmake_minimum_required(VERSION 3.13)
if(NOT DEFINED PICO_BOARD AND NOT DEFINED ENV{PICO_BOARD})
  set(PICO_BOARD @PICO@)
endif()
include($ENV{PICO_SDK_PATH}/external/pico_sdk_import.cmake)
project(wherry_agent C CXX ASM)
set(CMAKE_C_STANDARD 11)
pico_sdk_init()
file(GLOB_RECURSE sources \${CMAKE_CURRENT_SOURCE_DIR}/src/*.c)
add_executable(wherry_agent \${sources})
target_include_directories(wherry_agent PRIVATE src)
target_compile_definitions(wherry_agent PRIVATE @HOOKS@="agent/backends/compiled-hooks.h" PICO_STACK_SIZE=0x1000)
target_compile_options(wherry_agent PRIVATE -O2)
target_link_libraries(wherry_agent pico_stdlib hardware_watchdog)
pico_enable_stdio_usb(wherry_agent 1)
pico_enable_stdio_uart(wherry_agent 0)
pico_add_extra_outputs(wherry_agent)
`,
  'pico/tflite-micro/CMakeLists.txt': `# PICO_SDK_PATH=... PICO_TFLMICRO_PATH=... cmake -B build && cmake --build build, then copy build/wherry_agent.uf2 onto
# the board. PICO_TFLMICRO_PATH is a clone of raspberrypi/pico-tflmicro.
cmake_minimum_required(VERSION 3.13)
if(NOT DEFINED PICO_BOARD AND NOT DEFINED ENV{PICO_BOARD})
  set(PICO_BOARD @PICO@)
endif()
include($ENV{PICO_SDK_PATH}/external/pico_sdk_import.cmake)
project(wherry_agent C CXX ASM)
set(CMAKE_C_STANDARD 11)
set(CMAKE_CXX_STANDARD 17)
pico_sdk_init()
add_subdirectory($ENV{PICO_TFLMICRO_PATH} pico-tflmicro EXCLUDE_FROM_ALL)
file(GLOB_RECURSE sources \${CMAKE_CURRENT_SOURCE_DIR}/src/*.c \${CMAKE_CURRENT_SOURCE_DIR}/src/*.cc)
add_executable(wherry_agent \${sources})
target_include_directories(wherry_agent PRIVATE src)
target_compile_definitions(wherry_agent PRIVATE PICO_STACK_SIZE=0x1000)
target_compile_options(wherry_agent PRIVATE -O2)
target_link_libraries(wherry_agent pico-tflmicro pico_stdlib hardware_watchdog)
pico_enable_stdio_usb(wherry_agent 1)
pico_enable_stdio_uart(wherry_agent 0)
pico_add_extra_outputs(wherry_agent)
`,
  'zephyr/compiled/CMakeLists.txt': `# west build -b BOARD, then: west flash
cmake_minimum_required(VERSION 3.20.0)
find_package(Zephyr REQUIRED HINTS $ENV{ZEPHYR_BASE})
project(wherry_agent)
file(GLOB_RECURSE sources \${CMAKE_CURRENT_SOURCE_DIR}/src/*.c)
target_sources(app PRIVATE \${sources})
target_include_directories(app PRIVATE src)
target_compile_definitions(app PRIVATE @HOOKS@="agent/backends/compiled-hooks.h")
`,
  'zephyr/compiled/prj.conf': `CONFIG_SPEED_OPTIMIZATIONS=y
CONFIG_MAIN_STACK_SIZE=8192
CONFIG_REBOOT=y
CONFIG_SERIAL=y
CONFIG_CONSOLE=y
CONFIG_UART_CONSOLE=y
# The depth of the stack.
CONFIG_INIT_STACKS=y
CONFIG_THREAD_STACK_INFO=y
`,
  'zephyr/tflite-micro/CMakeLists.txt': `# TensorFlow Lite Micro is a module that west fetches on demand: west config manifest.project-filter -- +tflite-micro && west update.
# Then: west build -b BOARD, and west flash
cmake_minimum_required(VERSION 3.20.0)
find_package(Zephyr REQUIRED HINTS $ENV{ZEPHYR_BASE})
project(wherry_agent)
file(GLOB_RECURSE sources \${CMAKE_CURRENT_SOURCE_DIR}/src/*.c \${CMAKE_CURRENT_SOURCE_DIR}/src/*.cc)
target_sources(app PRIVATE \${sources})
target_include_directories(app PRIVATE src)
`,
  'zephyr/tflite-micro/prj.conf': `CONFIG_SPEED_OPTIMIZATIONS=y
CONFIG_MAIN_STACK_SIZE=8192
CONFIG_REBOOT=y
CONFIG_SERIAL=y
CONFIG_CONSOLE=y
CONFIG_UART_CONSOLE=y
# The depth of the stack.
CONFIG_INIT_STACKS=y
CONFIG_THREAD_STACK_INFO=y
CONFIG_CPP=y
CONFIG_STD_CPP17=y
CONFIG_REQUIRES_FULL_LIBCPP=y
CONFIG_TENSORFLOW_LITE_MICRO=y
`,
};
