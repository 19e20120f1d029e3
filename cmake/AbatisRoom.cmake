# abatis_room(name SOURCES a.cpp ... [ROOMS geo ...] [LIBS target ...])
# One static library per room. ROOMS are the rooms above it that it uses, so the linker enforces
# the order of the house; LIBS are outside libraries, private to the room.
add_library(abatis_options INTERFACE)
target_compile_options(abatis_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor
  -Woverloaded-virtual -Wimplicit-fallthrough -Werror
  -Wno-missing-field-initializers  # designated initialisers name what they set
  -ffp-contract=off)  # results repeat, whatever the compiler

function(abatis_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;ROOMS;LIBS;PUBLIC_LIBS" ${ARGN})
  add_library(abatis_${name} STATIC ${ROOM_SOURCES})
  target_include_directories(abatis_${name} PUBLIC ${PROJECT_SOURCE_DIR}/include
    PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
  list(TRANSFORM ROOM_ROOMS PREPEND abatis_)
  target_link_libraries(abatis_${name}
    PUBLIC ${ROOM_ROOMS} ${ROOM_PUBLIC_LIBS}
    PRIVATE abatis_options ${ROOM_LIBS})
endfunction()

# abatis_test(name SOURCES a_test.cpp ... ROOMS geo ... [LIBS ...] [LABEL fast|slow|data])
# One GoogleTest program `test_name`, its cases discovered by CTest.
function(abatis_test name)
  cmake_parse_arguments(TEST "" "LABEL" "SOURCES;ROOMS;LIBS" ${ARGN})
  if(NOT TEST_LABEL)
    set(TEST_LABEL fast)
  endif()
  add_executable(test_${name} ${TEST_SOURCES})
  list(TRANSFORM TEST_ROOMS PREPEND abatis_)
  target_link_libraries(test_${name} PRIVATE ${TEST_ROOMS} ${TEST_LIBS} abatis_options
    GTest::gtest_main GTest::gmock)
  # What takes time in a test is the rooms; optimised less, the tests compile faster (bench/README.md).
  target_compile_options(test_${name} PRIVATE $<$<CONFIG:Release>:-O1>)
  target_include_directories(test_${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests
    ${PROJECT_SOURCE_DIR}/src)
  target_compile_definitions(test_${name} PRIVATE
    ABATIS_SOURCE_DIR="${PROJECT_SOURCE_DIR}" ABATIS_BINARY_DIR="${PROJECT_BINARY_DIR}")
  gtest_discover_tests(test_${name} DISCOVERY_TIMEOUT 60
    PROPERTIES LABELS ${TEST_LABEL} TIMEOUT 600)
endfunction()
