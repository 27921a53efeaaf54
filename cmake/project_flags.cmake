# One INTERFACE target carries every flag of the project.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_AUTOMOC ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

add_library(project_flags INTERFACE)
target_include_directories(project_flags INTERFACE ${CMAKE_SOURCE_DIR} ${CMAKE_BINARY_DIR}/generated)
target_compile_options(project_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror
  $<$<CXX_COMPILER_ID:GNU>:-fdiagnostics-color=auto>)
target_compile_definitions(project_flags INTERFACE
  QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_FOREACH
  QT_DISABLE_DEPRECATED_BEFORE=0x060400)
target_link_options(project_flags INTERFACE -fuse-ld=lld)

set(INSTANODE_SANITIZE "" CACHE STRING "address,undefined or thread")
if(INSTANODE_SANITIZE)
  target_compile_options(project_flags INTERFACE -fsanitize=${INSTANODE_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(project_flags INTERFACE -fsanitize=${INSTANODE_SANITIZE})
endif()

option(INSTANODE_ASSERTS "Keep asserts (Q_ASSERT included) in this build" OFF)
if(INSTANODE_ASSERTS)
  target_compile_definitions(project_flags INTERFACE QT_FORCE_ASSERTS)
endif()

# The commit is in its own generated header, so that a new commit rebuilds one file.
find_package(Git QUIET)
set(INSTANODE_COMMIT "unknown")
if(GIT_FOUND)
  execute_process(COMMAND ${GIT_EXECUTABLE} rev-parse --short=12 HEAD
    WORKING_DIRECTORY ${CMAKE_SOURCE_DIR} OUTPUT_VARIABLE INSTANODE_COMMIT
    OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  if(NOT INSTANODE_COMMIT)
    set(INSTANODE_COMMIT "unknown")
  endif()
  execute_process(COMMAND ${GIT_EXECUTABLE} log -1 --format=%cI
    WORKING_DIRECTORY ${CMAKE_SOURCE_DIR} OUTPUT_VARIABLE INSTANODE_BUILD_TIME
    OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
endif()
configure_file(${CMAKE_SOURCE_DIR}/cmake/build_info.h.in ${CMAKE_BINARY_DIR}/generated/build_info.h)
