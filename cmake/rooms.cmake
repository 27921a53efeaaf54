# instanode_room(name DIR dir LINKS public… [PRIVATE_LINKS …]): every source below dir is one static library.
# Sources are globbed: a new file needs no edit here. A room may have a pch.h, which becomes its precompiled header;
# named in angle brackets, because CMake writes an absolute path otherwise and a clone elsewhere would miss the cache.
function(instanode_room name)
  cmake_parse_arguments(ROOM "" "DIR" "LINKS;PRIVATE_LINKS" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS
    ${CMAKE_SOURCE_DIR}/${ROOM_DIR}/*.cpp ${CMAKE_SOURCE_DIR}/${ROOM_DIR}/*.h)
  list(FILTER sources EXCLUDE REGEX "/pch\\.h$")
  set(has_code OFF)
  foreach(source ${sources})
    if(source MATCHES "\\.cpp$")
      set(has_code ON)
    endif()
  endforeach()
  if(NOT has_code)
    add_library(${name} INTERFACE ${sources})
    target_link_libraries(${name} INTERFACE project_flags ${ROOM_LINKS} ${ROOM_PRIVATE_LINKS})
    return()
  endif()
  add_library(${name} STATIC ${sources})
  target_link_libraries(${name} PUBLIC project_flags ${ROOM_LINKS} PRIVATE ${ROOM_PRIVATE_LINKS})
  if(EXISTS ${CMAKE_SOURCE_DIR}/${ROOM_DIR}/pch.h)
    target_precompile_headers(${name} PRIVATE <${ROOM_DIR}/pch.h>)
  endif()
endfunction()

# instanode_resources(target): everything below resources/ and migrations/ becomes Qt resources of the target
# (":/resources/…", ":/migrations/…"); platform::initResources() makes them visible.
function(instanode_resources target)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/resources/* ${CMAKE_SOURCE_DIR}/migrations/*.sql)
  qt_add_resources(${target} instanode_resources PREFIX / BASE ${CMAKE_SOURCE_DIR} FILES ${files})
endfunction()

# instanode_test(folder LINKS …): one executable per tests/<folder>; every tst_x.cpp in it registers the suite "x"
# (tests/support/test_main.h) and becomes the ctest "<folder>.x".
function(instanode_test folder)
  cmake_parse_arguments(T "" "TIMEOUT" "LINKS;ENVIRONMENT;LABELS;FIXTURES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*.cpp ${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*.h)
  list(FILTER sources EXCLUDE REGEX "/pch\\.h$")
  if(NOT sources)
    return()
  endif()
  set(exe tst_${folder})
  add_executable(${exe} ${sources})
  target_link_libraries(${exe} PRIVATE project_flags test_support Qt6::Test ${T_LINKS})
  if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/${folder}/pch.h)
    target_precompile_headers(${exe} PRIVATE <tests/${folder}/pch.h>)
  endif()
  foreach(source ${sources})
    get_filename_component(stem ${source} NAME_WE)
    if(source MATCHES "\\.cpp$" AND stem MATCHES "^tst_(.*)$")
      set(test_name ${folder}.${CMAKE_MATCH_1})
      add_test(NAME ${test_name} COMMAND ${exe} ${CMAKE_MATCH_1})
      set_tests_properties(${test_name} PROPERTIES
        TIMEOUT ${T_TIMEOUT}
        LABELS "${folder}"
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;INSTANODE_TEST_PG_STATE=${CMAKE_BINARY_DIR}/test-pg.env;${T_ENVIRONMENT}")
      if(T_FIXTURES)
        set_tests_properties(${test_name} PROPERTIES FIXTURES_REQUIRED "${T_FIXTURES}")
      endif()
    endif()
  endforeach()
endfunction()
